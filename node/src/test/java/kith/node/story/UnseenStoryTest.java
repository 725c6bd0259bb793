package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bob tries every call to find out about Ann, who is online but hidden from him. Each answer is
/// the same as for Abe, who is offline.
@Tag("story")
class UnseenStoryTest {
  /// All calls that a user can make about another user or a conversation with them. `USER` is the
  /// other user, `ROOM` the conversation, `SHARED` a room with both.
  private static final List<String> CALLS =
      List.of(
          "GET /v1/users/USER",
          "PUT /v1/users/USER/conversation",
          "GET /v1/rooms/ROOM",
          "GET /v1/rooms/ROOM/members",
          "GET /v1/rooms/ROOM/entries",
          "GET /v1/rooms/ROOM/entries/2/versions",
          "POST /v1/rooms/ROOM/join",
          "GET /v1/rooms/ROOM/presence",
          "GET /v1/rooms/SHARED/members",
          "GET /v1/rooms/SHARED/presence",
          "PUT /v1/contacts/USER",
          "GET /v1/contacts",
          "DELETE /v1/contacts/USER",
          "PUT /v1/account/blocked/USER",
          "GET /v1/account/blocked",
          "DELETE /v1/account/blocked/USER");

  /// The calls that a user can make about a room without being a member.
  private static final List<String> ROOM_CALLS =
      List.of(
          "GET /v1/rooms/ROOM",
          "PATCH /v1/rooms/ROOM",
          "DELETE /v1/rooms/ROOM",
          "POST /v1/rooms/ROOM/join",
          "POST /v1/rooms/ROOM/leave",
          "GET /v1/rooms/ROOM/members",
          "GET /v1/rooms/ROOM/presence",
          "PUT /v1/rooms/ROOM/members/USER/role",
          "DELETE /v1/rooms/ROOM/members/USER",
          "GET /v1/rooms/ROOM/bans",
          "PUT /v1/rooms/ROOM/bans/USER",
          "DELETE /v1/rooms/ROOM/bans/USER",
          "GET /v1/rooms/ROOM/invitations",
          "POST /v1/rooms/ROOM/invitations",
          "GET /v1/rooms/ROOM/entries",
          "GET /v1/rooms/ROOM/entries/1/versions",
          "PUT /v1/account/muted/ROOM");

  @RegisterExtension static final TwoNodes NODES = TwoNodes.start();

  @Test
  void aUserWhoBlockedTheViewerLooksLikeAUserWhoIsAway() {
    var bob = Person.signsUp(NODES.there().uri("/"), "bob");
    var ann = Person.signsUp(NODES.here().uri("/"), "ann");
    var abe = Person.signsUp(NODES.here().uri("/"), "abe");
    ann.rest().send("PUT", "/v1/account/blocked/bob", Optional.empty());
    ann.connectsWithInbox();

    assertThat(allAbout(bob, ann)).isEqualTo(allAbout(bob, abe));
    assertThat(ann.inboxOverRest()).extracting(it -> it.with()).doesNotContain(Optional.of("bob"));
    ann.close();
    abe.close();
  }

  @Test
  void anInvisibleUserLooksLikeAUserWhoIsAway() {
    var bob = Person.signsUp(NODES.there().uri("/"), "bob1");
    var ann = Person.signsUp(NODES.here().uri("/"), "ann1");
    var abe = Person.signsUp(NODES.here().uri("/"), "abe1");
    ann.rest().send("PUT", "/v1/account/status", Optional.of("{\"status\":\"invisible\"}"));
    ann.connectsWithInbox();

    assertThat(allAbout(bob, ann)).isEqualTo(allAbout(bob, abe));
    ann.close();
    abe.close();
  }

  @Test
  void aRoomOfOthersLooksLikeARoomThatDoesNotExist() {
    var ann = Person.signsUp(NODES.here().uri("/"), "ann2");
    Person.signsUp(NODES.here().uri("/"), "abe2");
    var eve = Person.signsUp(NODES.there().uri("/"), "eve2");
    var den = ann.makesRoom("den", Visibility.PRIVATE);
    var conversation = ann.talksTo("abe2");
    var nowhere = "dm-" + "1".repeat(conversation.length() - 3);

    for (var room : List.of(den, conversation))
      assertThat(answers(eve, ROOM_CALLS, room, "", "ann2"))
          .isEqualTo(answers(eve, ROOM_CALLS, nowhere, "", "ann2"));
    eve.connects();
    var refused = new ArrayList<String>();
    for (var room : List.of(den, conversation, nowhere)) {
      eve.says(new ClientFrame.Open(room, OptionalLong.empty()));
      var said = eve.hears(ServerFrame.Problem.class, it -> it.room().equals(Optional.of(room)));
      refused.add(said.code() + " " + said.message());
    }
    assertThat(refused).containsOnly(refused.getFirst());
    eve.close();
  }

  /// All answers that `asking` gets about the user `about`, without the names and ids that differ.
  private static List<String> allAbout(Person asking, Person about) {
    var user = about.name();
    var shared = asking.makesRoom("with " + user, Visibility.PUBLIC);
    about.joins(shared);
    var room = asking.talksTo(user);
    asking.connectsWithInbox();
    asking.opens(room);
    asking.says(room, "are you there?");
    asking.says(new ClientFrame.Watch(Optional.of(room), List.of(user)));
    var seen = asking.hears(ServerFrame.Presence.class, ServerFrame.Presence::whole);
    var all = answers(asking, CALLS, room, shared, user);
    all.add(plain(seen.users().toString(), room, shared, user));
    // the rows of the rooms in the inbox
    for (var row : asking.inboxOverRest())
      if (List.of(room, shared).contains(row.room()))
        all.add(
            plain(row.toString(), room, shared, user)
                .replaceAll("at=[^,]*,", "at=TIME,")
                // an account that asks a new room again gets a later place for its own join
                .replaceAll(" read=[12],", " read=ALL,"));
    all.subList(all.size() - 2, all.size()).sort(Comparator.naturalOrder());
    asking.close();
    return all;
  }

  private static List<String> answers(
      Person asking, List<String> calls, String room, String shared, String user) {
    var all = new ArrayList<String>();
    for (var call : calls) {
      var parts = call.split(" ", 2);
      var path = parts[1].replace("ROOM", room).replace("SHARED", shared).replace("USER", user);
      var answer = asking.rest().send(parts[0], path, Optional.empty());
      all.add(call + ": " + answer.status() + " " + plain(answer.body(), room, shared, user));
    }
    return all;
  }

  private static String plain(String text, String room, String shared, String user) {
    return mine(
            text,
            room,
            "ROOM",
            shared,
            "SHARED",
            "\"" + user + "\"",
            "USER",
            "with " + user,
            "WITH")
        .replaceAll("\\b" + user + "\\b", "USER")
        .replaceAll("\"[0-9T:.-]{17,30}Z\"", "TIME")
        .replaceAll("\"id\":\"[^\"]*\"", "ID");
  }

  private static String mine(String text, String... pairs) {
    for (var i = 0; i < pairs.length; i += 2)
      if (!pairs[i].isEmpty()) text = text.replace(pairs[i], pairs[i + 1]);
    return text;
  }
}
