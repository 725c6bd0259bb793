package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kith.node.person.Person;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.Presences;
import kith.protocol.rest.Presences.PresentMember;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Presence that privacy settings and blocks hide, on two nodes.
@Tag("story")
class HiddenPresenceStoryTest {
  @RegisterExtension
  static final TwoNodes NODES = TwoNodes.start(Map.of("kith.sessions.grace", "500ms"));

  @Test
  void aBlockedUserAndItsBlockerDoNotSeeEachOther() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    var room = shared(ann, bob);
    ann.watches(room, "bob");
    bob.watches(room, "ann");
    ann.sees("bob", is(Status.ONLINE));
    bob.sees("ann", is(Status.ONLINE));

    ask(bob, "PUT", "/v1/account/blocked/ann", Optional.empty());

    ann.sees("bob", NOBODY);
    bob.sees("ann", NOBODY);
    assertThat(member(ann, room, "bob")).returns(Status.OFFLINE, PresentMember::status);
    assertThat(member(bob, room, "ann")).returns(Status.OFFLINE, PresentMember::status);
    bob.says(new ClientFrame.Typing(room));
    bob.close();

    // also from stored states, when the user has no session
    ann.watches(room, "bob");
    ann.sees("bob", NOBODY);
    assertThat(member(ann, room, "bob").lastSeen()).isEmpty();
    assertThat(ann.hasHeard(ServerFrame.Typing.class)).isFalse();

    ask(bob, "DELETE", "/v1/account/blocked/ann", Optional.empty());
    ann.sees("bob", it -> it.lastSeen().isPresent());
    ann.close();
  }

  @Test
  void lastSeenIsShownOnlyToItsAudience() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob2");
    var room = shared(ann, bob);
    ann.watches(room, "bob2");
    bob.close();
    ann.sees("bob2", it -> it.lastSeen().isPresent());

    showsLastSeenTo(bob, "contacts");
    ann.sees("bob2", NOBODY);
    assertThat(member(ann, room, "bob2").lastSeen()).isEmpty();

    ask(ann, "PUT", "/v1/contacts/bob2", Optional.of("{}"));
    ask(bob, "PUT", "/v1/contacts/ann2", Optional.of("{}"));
    ann.sees("bob2", it -> it.lastSeen().isPresent());

    showsLastSeenTo(bob, "nobody");
    ann.sees("bob2", NOBODY);
    ann.close();
  }

  @Test
  void contactsSeeEachOtherWithoutARoom() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann3");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob3");
    ann.connects();
    bob.connects();
    ann.says(new ClientFrame.Watch(Optional.empty(), List.of("bob3")));
    ann.sees("bob3", NOBODY);

    ask(ann, "PUT", "/v1/contacts/bob3", Optional.of("{}"));
    ask(bob, "PUT", "/v1/contacts/ann3", Optional.of("{}"));
    ann.sees("bob3", is(Status.ONLINE));

    ask(bob, "DELETE", "/v1/contacts/ann3", Optional.empty());
    ann.sees("bob3", NOBODY);
    ann.close();
    bob.close();
  }

  @Test
  void aUserWhoHidesTypingIsNotSeenTyping() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann4");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob4");
    var room = shared(ann, bob);
    ask(bob, "PATCH", "/v1/account", Optional.of("{\"privacy\":{\"typing\":false}}"));
    bob.close();
    bob.connects();
    bob.opens(room);
    ann.forgets();

    bob.says(new ClientFrame.Typing(room));
    bob.says(room, "not seen coming");

    ann.sees(room, "not seen coming");
    assertThat(ann.hasHeard(ServerFrame.Typing.class)).isFalse();
    ann.close();
    bob.close();
  }

  private static String shared(Person ann, Person bob) {
    var room = ann.makesRoom("of " + ann.name(), Visibility.PUBLIC);
    bob.joins(room);
    for (var one : List.of(ann, bob)) {
      one.connects();
      one.opens(room);
    }
    return room;
  }

  private static void showsLastSeenTo(Person person, String whom) {
    ask(
        person,
        "PATCH",
        "/v1/account",
        Optional.of("{\"privacy\":{\"lastSeen\":\"" + whom + "\"}}"));
  }

  private static void ask(Person person, String method, String path, Optional<String> body) {
    var answer = person.rest().send(method, path, body);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  private static PresentMember member(Person person, String room, String who) {
    return person
        .rest()
        .get("/v1/rooms/" + room + "/presence")
        .as(Presences.RoomPresence.class)
        .members()
        .stream()
        .filter(it -> it.user().equals(who))
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<UserPresence> is(Status status) {
    return it -> it.status() == status;
  }

  private static final Predicate<UserPresence> NOBODY =
      it -> it.status() == Status.OFFLINE && it.lastSeen().isEmpty();
}
