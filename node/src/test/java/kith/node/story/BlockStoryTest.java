package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.People;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Ann blocks Bob, and Bob cannot find out.
@Tag("story")
class BlockStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void messagesOfABlockedUserInASharedRoomAreHiddenAndKeepTheirPlace() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    var room = ann.makesRoom("tea", Visibility.PUBLIC);
    bob.joins(room);
    ann.connectsWithInbox();
    ann.opens(room);
    bob.connects();
    bob.opens(room);
    blocks(ann, "bob");

    var rude = bob.says(room, "rude").seq();
    var said = bob.says(room, "ruder").seq();
    bob.says(new ClientFrame.Redact("r-1", room, said, Optional.of("rudest")));
    bob.hears(ServerFrame.Ack.class, it -> it.id().equals("r-1"));
    var kind = ann.says(room, "anybody?").seq();

    ann.sees(room, "anybody?");
    assertThat(ann.log(room))
        .filteredOn(it -> it.seq() == rude)
        .singleElement()
        .matches(BlockStoryTest::isHidden);
    assertThat(ann.log(room).toString()).doesNotContain("rude");
    assertThat(ann.history(room).toString()).doesNotContain("rude");
    bob.sees(room, "rude");
    assertThat(ann.history(room))
        .filteredOn(it -> it.seq() == rude)
        .singleElement()
        .matches(BlockStoryTest::isHidden);
    assertThat(ann.rest().get("/v1/rooms/" + room + "/entries/" + rude + "/versions").code())
        .isEqualTo(Code.UNKNOWN_MESSAGE);
    ann.inbox(room, it -> it.latest().filter(latest -> latest.seq() == kind).isPresent());

    ann.connects(Map.of(room, 0L));
    ann.hears(ServerFrame.Complete.class, it -> it.seq() == kind);
    assertThat(ann.log(room))
        .filteredOn(it -> it.seq() == rude)
        .singleElement()
        .matches(BlockStoryTest::isHidden);
    assertThat(ann.log(room).toString()).doesNotContain("rude");

    ann.rest().send("DELETE", "/v1/account/blocked/bob", Optional.empty());

    assertThat(ann.history(room)).noneMatch(BlockStoryTest::isHidden);
    ann.close();
    bob.close();
  }

  @Test
  void blockingAUserHidesTheirLatestMessageInTheInbox() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob2");
    var room = ann.makesRoom("cake", Visibility.PUBLIC);
    bob.joins(room);
    bob.connects();
    bob.opens(room);
    ann.connectsWithInbox();
    bob.says(room, "rude");
    ann.inbox(room, it -> it.latest().isPresent());

    blocks(ann, "bob2");

    assertThat(ann.inbox(room, it -> it.latestHidden().isPresent()).latest()).isEmpty();

    ann.rest().send("DELETE", "/v1/account/blocked/bob2", Optional.empty());

    ann.inbox(room, it -> it.latest().isPresent());
    ann.close();
    bob.close();
  }

  @Test
  void aConversationWithABlockedUserIsSilentAndTheUserCannotTell() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann1");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob1");
    var eve = Person.signsUp(NODES.there().uri("/"), "eve1");
    var room = ann.talksTo("bob1");
    blocks(ann, "bob1");
    blocks(ann, "eve1");
    ann.connectsWithInbox();

    for (var one : List.of(bob, eve)) {
      one.connects();
      var theirs = one.talksTo("ann1");
      one.opens(theirs);
      one.says(theirs, "hello?");
    }
    var last = bob.says(room, "hello?").seq();

    var row = ann.inbox(room, it -> it.seq() == last);
    assertThat(row.unread()).isZero();
    assertThat(row.latest()).isEmpty();
    assertThat(ann.inboxOverRest()).extracting(InboxRoom::room).containsExactly(room);
    assertThat(ann.rest().get("/v1/account/blocked").as(People.Blocked.class).users())
        .containsExactly("bob1", "eve1");

    ann.rest().send("DELETE", "/v1/account/blocked/eve1", Optional.empty());

    var shown = ann.inbox(eve.talksTo("ann1"), it -> it.unread() == 1);
    assertThat(shown.with()).hasValue("eve1");
    for (var one : List.of(ann, bob, eve)) one.close();
  }

  private static void blocks(Person who, String whom) {
    var answer = who.rest().send("PUT", "/v1/account/blocked/" + whom, Optional.empty());
    assertThat(answer.status()).isEqualTo(204);
  }

  private static boolean isHidden(Entry entry) {
    return entry instanceof Entry.Hidden;
  }
}
