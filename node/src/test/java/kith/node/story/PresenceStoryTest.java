package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.Presences;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Presence, as users on two nodes see it.
@Tag("story")
class PresenceStoryTest {
  @RegisterExtension
  static final TwoNodes NODES = TwoNodes.start(Map.of("kith.sessions.grace", "500ms"));

  private static Person at(TestNode node, String name) {
    return Person.signsUp(node.uri("/"), name);
  }

  /// All are members of a room, and `ann` has it open.
  private static String room(Person ann, Person... others) {
    var room = ann.makesRoom("of " + ann.name(), Visibility.PUBLIC);
    for (var other : others) other.joins(room);
    ann.connects();
    ann.opens(room);
    return room;
  }

  @Test
  void statusChangesAreSeenOnTheOtherNode() {
    var ann = at(NODES.here(), "ann");
    var bob = at(NODES.there(), "bob");
    var room = room(ann, bob);
    ann.watches(room, "ann", "bob", "nobody");

    assertThat(ann.sees("ann", _ -> true).status()).isEqualTo(Status.ONLINE);
    assertThat(ann.sees("bob", _ -> true)).isEqualTo(offline("bob"));
    assertThat(ann.sees("nobody", _ -> true)).isEqualTo(offline("nobody"));

    bob.connects();
    ann.sees("bob", is(Status.ONLINE));
    bob.says(new ClientFrame.ChangeStatus(Status.IDLE));
    ann.sees("bob", is(Status.IDLE));
    bob.close();

    assertThat(ann.sees("bob", is(Status.OFFLINE)).lastSeen()).isPresent();
    ann.close();
  }

  @Test
  void threeDevicesOnTwoNodesAreOnePerson() {
    var ann = at(NODES.here(), "ann2");
    var bob = at(NODES.there(), "bob2");
    var room = room(ann, bob);
    var phone = bob.onAnotherDevice();
    phone.goesTo(NODES.here().uri("/"));
    var desk = bob.onAnotherDevice();
    for (var device : List.of(bob, phone, desk)) device.connects();
    ann.watches(room, "bob2");
    ann.sees("bob2", is(Status.ONLINE));

    for (var device : List.of(bob, phone, desk))
      device.says(new ClientFrame.ChangeStatus(Status.IDLE));
    ann.sees("bob2", is(Status.IDLE));
    phone.says(new ClientFrame.ChangeStatus(Status.ONLINE));
    ann.sees("bob2", is(Status.ONLINE));
    phone.close();
    ann.sees("bob2", is(Status.IDLE));
    bob.close();
    desk.close();
    ann.sees("bob2", is(Status.OFFLINE));
    ann.close();
  }

  @Test
  void aChosenStatusAppliesToAllDevicesAndIsStored() {
    var ann = at(NODES.here(), "ann3");
    var bob = at(NODES.there(), "bob3");
    var phone = bob.onAnotherDevice();
    var room = room(ann, bob);
    phone.goesTo(NODES.here().uri("/"));
    bob.connects();
    phone.connects();
    ann.watches(room, "bob3");
    phone.opens(room);
    phone.watches(room, "bob3");

    bob.says(new ClientFrame.ChangeStatus(Status.DND));
    ann.sees("bob3", is(Status.DND));
    bob.says(new ClientFrame.ChangeStatus(Status.INVISIBLE));
    phone.sees("bob3", is(Status.INVISIBLE));
    var gone = ann.sees("bob3", is(Status.OFFLINE));
    assertThat(gone.lastSeen()).isPresent();

    bob.close();
    phone.close();
    phone.connects();
    phone.opens(room);
    phone.watches(room, "bob3");
    phone.sees("bob3", is(Status.INVISIBLE));
    phone.says(new ClientFrame.ChangeStatus(Status.ONLINE));
    ann.sees("bob3", is(Status.ONLINE));
    assertThat(ann.statuses("bob3"))
        .containsSubsequence(Status.DND, Status.OFFLINE, Status.ONLINE)
        .doesNotContain(Status.INVISIBLE);
    ann.close();
    phone.close();
  }

  @Test
  void aUserWhoReconnectsToAnotherNodeStaysOnline() {
    var node = TestNode.start();
    try (node;
        var other = node.another()) {
      var ann = at(node, "ann");
      var bob = at(other, "bob");
      var room = room(ann, bob);
      bob.connects();
      ann.watches(room, "bob");
      ann.sees("bob", is(Status.ONLINE));

      bob.losesConnection();
      bob.goesTo(node.uri("/"));
      bob.connects();
      bob.says(new ClientFrame.ChangeStatus(Status.DND));
      ann.sees("bob", is(Status.DND));

      // the other node's news of the first connection may come after the answer to `watches`
      assertThat(ann.statuses("bob").stream().dropWhile(it -> it == Status.OFFLINE))
          .containsExactly(Status.ONLINE, Status.DND);
      ann.close();
      bob.close();
    }
  }

  @Test
  void strangersLookLikeUnknownUsers() {
    var ann = at(NODES.here(), "ann4");
    var bob = at(NODES.there(), "bob4");
    var eve = at(NODES.there(), "eve4");
    var room = room(ann, bob);
    bob.connects();
    eve.connects();

    ann.watches(room, "bob4", "eve4", "nobody4");

    ann.sees("bob4", is(Status.ONLINE));
    assertThat(ann.sees("eve4", _ -> true)).isEqualTo(offline("eve4"));
    assertThat(ann.sees("nobody4", _ -> true)).isEqualTo(offline("nobody4"));

    eve.says(new ClientFrame.Watch(Optional.of(room), List.of("ann4")));
    assertThat(eve.hearsProblem().code()).isEqualTo(Code.ROOM_NOT_OPEN.wire());
    eve.says(new ClientFrame.Watch(Optional.empty(), List.of("ann4", "eve4")));
    assertThat(eve.sees("ann4", _ -> true)).isEqualTo(offline("ann4"));
    assertThat(eve.sees("eve4", _ -> true).status()).isEqualTo(Status.ONLINE);
    for (var one : List.of(ann, bob, eve)) one.close();
  }

  @Test
  void aUserWhoLeftTheRoomLooksOffline() {
    var ann = at(NODES.here(), "ann5");
    var bob = at(NODES.there(), "bob5");
    var room = room(ann, bob);
    bob.connects();
    bob.opens(room);
    bob.watches(room, "ann5");
    ann.watches(room, "bob5");
    ann.sees("bob5", is(Status.ONLINE));
    bob.sees("ann5", is(Status.ONLINE));

    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());

    assertThat(ann.sees("bob5", is(Status.OFFLINE))).isEqualTo(offline("bob5"));
    assertThat(bob.sees("ann5", is(Status.OFFLINE))).isEqualTo(offline("ann5"));

    bob.joins(room);
    ann.sees("bob5", is(Status.ONLINE));
    ann.close();
    bob.close();
  }

  @Test
  void restShowsTheSamePresence() {
    var ann = at(NODES.here(), "ann6");
    var bob = at(NODES.there(), "bob6");
    var room = room(ann, bob);
    bob.connects();
    ann.watches(room, "bob6");
    ann.sees("bob6", is(Status.ONLINE));

    var answer = ann.rest().send("PUT", "/v1/account/status", Optional.of("{\"status\":\"dnd\"}"));
    assertThat(answer.status()).isEqualTo(204);
    ann.watches(room, "ann6");
    ann.sees("ann6", is(Status.DND));

    var members =
        bob.rest()
            .get("/v1/rooms/" + room + "/presence")
            .as(Presences.RoomPresence.class)
            .members();
    assertThat(members)
        .extracting(Presences.PresentMember::user, Presences.PresentMember::status)
        .containsExactly(tuple("ann6", Status.DND), tuple("bob6", Status.ONLINE));
    ann.close();
    bob.close();
  }

  @Test
  void aUserIsSeenTypingUntilTheMessageArrives() {
    var ann = at(NODES.here(), "ann7");
    var bob = at(NODES.there(), "bob7");
    var room = room(ann, bob);
    bob.connects();
    bob.opens(room);

    bob.says(new ClientFrame.Typing(room));
    ann.hears(ServerFrame.Typing.class, it -> it.users().equals(List.of("bob7")));
    bob.says(room, "here it is");

    ann.hears(ServerFrame.Typing.class, it -> it.users().isEmpty());
    ann.close();
    bob.close();
  }

  @Test
  void aUserIsSeenTypingUntilTheEditArrives() {
    var ann = at(NODES.here(), "ann9");
    var bob = at(NODES.there(), "bob9");
    var room = room(ann, bob);
    bob.connects();
    bob.opens(room);
    var said = bob.says(room, "her it is");

    bob.says(new ClientFrame.Typing(room));
    ann.hears(ServerFrame.Typing.class, it -> it.users().equals(List.of("bob9")));
    bob.says(new ClientFrame.Edit("e1", room, said.seq(), "here it is"));

    ann.hears(ServerFrame.Typing.class, it -> it.users().isEmpty());
    ann.close();
    bob.close();
  }

  @Test
  void anInvisibleUserIsNotSeenTyping() {
    var ann = at(NODES.here(), "ann8");
    var bob = at(NODES.there(), "bob8");
    var cem = at(NODES.there(), "cem8");
    var room = room(ann, bob, cem);
    for (var one : List.of(bob, cem)) {
      one.connects();
      one.opens(room);
    }
    bob.watches(room, "bob8");
    bob.says(new ClientFrame.ChangeStatus(Status.INVISIBLE));
    bob.sees("bob8", is(Status.INVISIBLE));

    bob.says(new ClientFrame.Typing(room));
    bob.says(new ClientFrame.Ping(Optional.of("p")));
    bob.hears(ServerFrame.Pong.class, _ -> true);
    cem.says(new ClientFrame.Typing(room));

    assertThat(ann.hears(ServerFrame.Typing.class, _ -> true).users()).containsExactly("cem8");
    for (var one : List.of(ann, bob, cem)) one.close();
  }

  private static Predicate<UserPresence> is(Status status) {
    return it -> it.status() == status;
  }

  private static UserPresence offline(String user) {
    return new UserPresence(user, Status.OFFLINE, Optional.empty());
  }
}
