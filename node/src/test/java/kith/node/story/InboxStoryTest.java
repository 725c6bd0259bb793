package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Unread counts on all devices and on two nodes.
@Tag("story")
class InboxStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void messagesOfOthersAreUnreadUntilAnyDeviceReadsThem() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    var room = ann.makesRoom("tea", Visibility.PUBLIC);
    bob.joins(room);
    var phone = bob.onAnotherDevice();
    bob.connectsWithInbox();
    phone.goesTo(NODES.here().uri("/"));
    phone.connectsWithInbox();
    assertThat(bob.inbox(room, it -> it.unread() == 0).name()).hasValue("tea");
    ann.connects();
    ann.opens(room);

    ann.says(room, "one");
    var last = ann.says(room, "two").seq();

    assertThat(bob.inbox(room, it -> it.unread() == 2).latest().orElseThrow().text())
        .hasValue("two");
    phone.inbox(room, it -> it.unread() == 2);

    phone.says(new ClientFrame.Read(room, last));

    bob.inbox(room, it -> it.unread() == 0 && it.read() == last);
    phone.inbox(room, it -> it.unread() == 0 && it.read() == last);
    assertThat(bob.inboxOverRest()).extracting(InboxRoom::unread).containsExactly(0L);
    close(ann, bob, phone);
  }

  @Test
  void ownMessagesAreRead() {
    var ann = Person.signsUp(NODES.here().uri("/"), "writer");
    var room = ann.makesRoom("diary", Visibility.PRIVATE);
    ann.connectsWithInbox();
    ann.opens(room);

    var seq = ann.says(room, "dear diary").seq();

    ann.inbox(room, it -> it.seq() == seq && it.read() == seq && it.unread() == 0);
    ann.close();
  }

  @Test
  void theReadPositionNeverMovesBackOrBeyondTheEnd() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    var room = ann.makesRoom("forwards", Visibility.PRIVATE);
    ann.connectsWithInbox();
    ann.opens(room);
    var seq = ann.says(room, "hello").seq();

    ann.says(new ClientFrame.Read(room, Long.MAX_VALUE));
    ann.says(new ClientFrame.Read(room, 1));
    ann.says(new ClientFrame.Unread(room, seq));

    assertThat(ann.inbox(room, it -> it.unreadFrom().isPresent()))
        .returns(seq, InboxRoom::read)
        .returns(OptionalLong.of(seq), InboxRoom::unreadFrom);

    ann.says(new ClientFrame.Read(room, seq));

    ann.inbox(room, it -> it.unreadFrom().isEmpty() && it.read() == seq);
    ann.close();
  }

  @Test
  void aRoomIsInTheInboxFromJoiningToLeaving() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann3");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob3");
    var room = ann.makesRoom("come and go", Visibility.PUBLIC);
    ann.connects();
    ann.opens(room);
    ann.says(room, "before bob");
    bob.connectsWithInbox();

    bob.joins(room);

    assertThat(bob.inbox(room, it -> it.name().isPresent()).latest().orElseThrow().text())
        .hasValue("before bob");
    bob.inbox(room, it -> it.read() > 0 && it.unread() == 0);

    ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/bob3", Optional.empty());

    bob.losesFromInbox(room);
    bob.awaitsInboxOverRest(List::isEmpty);
    close(ann, bob);
  }

  @Test
  void noInboxContainsARedactedText() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann4");
    var room = ann.makesRoom("oops", Visibility.PRIVATE);
    ann.connectsWithInbox();
    ann.opens(room);
    var seq = ann.says(room, "the secret").seq();
    ann.inbox(room, it -> it.latest().flatMap(latest -> latest.text()).isPresent());

    ann.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));

    ann.inbox(room, it -> it.latest().isPresent() && it.latest().get().text().isEmpty());
    assertThat(ann.inboxOverRest().getFirst().latest().orElseThrow().text()).isEmpty();
    ann.close();
  }

  @Test
  void aMutedRoomIsShownAsMutedInTheInbox() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann5");
    var room = ann.makesRoom("loud", Visibility.PRIVATE);
    ann.connectsWithInbox();

    ann.mutes(room);

    ann.inbox(room, InboxRoom::muted);
    assertThat(ann.inboxOverRest()).extracting(InboxRoom::muted).containsExactly(true);
    ann.close();
  }

  @Test
  void mentionsAreCountedOnAllDevicesUntilTheyAreRead() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann6");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob6");
    var room = ann.makesRoom("calls", Visibility.PUBLIC);
    bob.joins(room);
    var phone = bob.onAnotherDevice();
    bob.connectsWithInbox();
    phone.goesTo(NODES.here().uri("/"));
    phone.connectsWithInbox();
    ann.connects();
    ann.opens(room);

    var first = ann.says(room, "hello @bob6").seq();
    ann.says(room, "`@bob6` and mail@bob6");
    var last = ann.says(room, "hello @room").seq();

    bob.inbox(room, it -> it.mentions().equals(OptionalInt.of(2)));
    phone.inbox(room, it -> it.mentions().equals(OptionalInt.of(2)));
    assertThat(bob.inboxOverRest())
        .extracting(InboxRoom::mentions)
        .containsExactly(OptionalInt.of(2));
    assertThat(ann.inboxOverRest())
        .extracting(InboxRoom::mentions)
        .containsExactly(OptionalInt.of(0));
    assertThat(bob.history(room).getLast())
        .isInstanceOfSatisfying(
            Entry.Message.class, it -> assertThat(it.mentions()).hasValue(List.of("@room")));

    phone.says(new ClientFrame.Read(room, first));
    bob.inbox(room, it -> it.mentions().equals(OptionalInt.of(1)) && it.read() == first);
    phone.says(new ClientFrame.Read(room, last));
    bob.inbox(room, it -> it.mentions().equals(OptionalInt.of(0)) && it.read() == last);
    close(ann, bob, phone);
  }

  @Test
  void positionsSurviveARestartOfTheNode() {
    try (var node = TestNode.start()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var bob = ann.onAnotherDevice();
      var room = ann.makesRoom("lasting", Visibility.PRIVATE);
      ann.connectsWithInbox();
      ann.opens(room);
      var seq = ann.says(room, "hello").seq();
      ann.inbox(room, it -> it.read() == seq);
      ann.close();

      node.restart();
      bob.goesTo(node.uri("/"));

      assertThat(bob.inboxOverRest()).extracting(InboxRoom::read).containsExactly(seq);
    }
  }

  private static void close(Person... people) {
    for (var person : people) person.close();
  }
}
