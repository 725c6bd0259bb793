package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two users on two nodes start a conversation by user name.
@Tag("story")
class ConversationStoryTest {
  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void aNewConversationAppearsInTheInboxOfTheOtherUser() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    bob.connectsWithInbox();
    ann.connectsWithInbox();

    var room = ann.talksTo("Bob");
    ann.opens(room);
    ann.says(room, "psst");

    var row = bob.inbox(room, it -> it.unread() == 1);
    assertThat(row.with()).hasValue("ann");
    assertThat(row.name()).isEmpty();
    assertThat(row.visibility()).hasValue(Visibility.DIRECT);
    assertThat(row.latest().orElseThrow().text()).hasValue("psst");
    assertThat(ann.inbox(room, it -> it.unread() == 0).with()).hasValue("bob");
    assertThat(bob.history(room))
        .first()
        .isInstanceOfSatisfying(
            Entry.Created.class, it -> assertThat(it.members()).hasValue(List.of("ann", "bob")));
    ann.close();
    bob.close();
  }

  @Test
  void bothUsersGetTheSameRoomWhenTheyStartAConversation() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann1");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob1");

    var anns = CompletableFuture.supplyAsync(() -> ann.talksTo("bob1"));
    var bobs = CompletableFuture.supplyAsync(() -> bob.talksTo("ann1"));

    assertThat(anns.join()).isEqualTo(bobs.join());
    assertThat(ann.history(anns.join())).hasSize(1);
    for (var one : List.of(ann, bob)) {
      var room = one.rest().get("/v1/rooms/" + anns.join()).as(RoomAnswers.Room.class);
      assertThat(room.role()).hasValue(Role.MEMBER);
      assertThat(room.members()).isEqualTo(2);
      assertThat(one.inboxOverRest()).extracting(InboxRoom::room).containsExactly(anns.join());
    }
  }

  @Test
  void nobodyElseCanJoinOrSeeAConversation() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    Person.signsUp(NODES.here().uri("/"), "bob2");
    var eve = Person.signsUp(NODES.here().uri("/"), "eve2");
    var room = ann.talksTo("bob2");
    var nowhere = eve.talksTo("ann2").replaceAll("[0-9]", "x");
    var path = "/v1/rooms/" + room;

    for (var call : List.of("POST /join", "GET ", "GET /members", "GET /entries", "GET /bans")) {
      var parts = call.split(" ", 2);
      var asked = eve.rest().send(parts[0], path + parts[1], Optional.empty());
      var absent = eve.rest().send(parts[0], "/v1/rooms/" + nowhere + parts[1], Optional.empty());
      assertThat(asked.code()).isEqualTo(Code.UNKNOWN_ROOM).isEqualTo(absent.code());
    }
    for (var call :
        List.of("PUT /bans/eve2", "DELETE /members/bob2", "POST /invitations", "DELETE ")) {
      var parts = call.split(" ", 2);
      assertThat(ann.rest().send(parts[0], path + parts[1], Optional.empty()).code())
          .as(call)
          .isEqualTo(Code.NOT_ALLOWED);
    }
  }

  @Test
  void leavingAConversationHidesItUntilTheNextMessage() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann3");
    var bob = Person.signsUp(NODES.there().uri("/"), "bob3");
    var room = ann.talksTo("bob3");
    ann.connectsWithInbox();
    ann.opens(room);
    ann.says(room, "hello");
    bob.connectsWithInbox();

    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());

    bob.losesFromInbox(room);
    assertThat(bob.inboxOverRest()).isEmpty();

    var last = ann.says(room, "are you there?").seq();

    assertThat(bob.inbox(room, it -> it.seq() == last && it.unread() == 1).with()).hasValue("ann3");
    assertThat(bob.inboxOverRest()).extracting(InboxRoom::unread).containsExactly(1L);
    ann.close();
    bob.close();
  }

  @Test
  void aConversationWithAnUnknownUserOrOneselfIsRefused() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann4");

    assertThat(conversation(ann, "no-such-user")).isEqualTo(Code.UNKNOWN_USER);
    assertThat(conversation(ann, "no:name")).isEqualTo(Code.UNKNOWN_USER);
    assertThat(conversation(ann, "ann4")).isEqualTo(Code.BAD_FIELD);
    assertThat(ann.inboxOverRest()).isEmpty();
  }

  private static Code conversation(Person by, String with) {
    return by.rest().send("PUT", "/v1/users/" + with + "/conversation", Optional.empty()).code();
  }
}
