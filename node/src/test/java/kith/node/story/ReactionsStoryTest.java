package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("story")
class ReactionsStoryTest {
  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;
  private long message;

  @BeforeAll
  static void startNode() {
    node = TestNode.start();
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoomWithAMessage() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room, 0);
    }
    message = ann.says(room, "hello").seq();
    bob.sees(room, "hello");
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void liveHistoryAndResumeAgree() {
    reacts(ann, "a1", "👍");
    reacts(bob, "b1", "👍");
    reacts(bob, "b2", "🎉");
    removes(bob, "b3", "🎉");
    ann.says(room, "done");
    bob.sees(room, "done");

    var live = reactions(bob.log(room));
    assertThat(live).isEqualTo(Map.of("👍", Set.of(ann.name(), bob.name())));
    assertThat(reactions(ann.history(room))).isEqualTo(live);
    var phone = bob.onAnotherDevice();
    phone.connects();
    phone.opens(room, 0);
    phone.sees(room, "done");
    assertThat(reactions(phone.log(room))).isEqualTo(live);
    phone.close();
  }

  @Test
  void aRetriedReactionKeepsItsPlace() {
    var first = reacts(ann, "a1", "👍");

    assertThat(reacts(ann, "a1", "👍")).isEqualTo(first);
  }

  @Test
  void refusalsHaveACode() {
    reacts(ann, "a1", "👍");
    ann.says(new ClientFrame.React("a2", room, message, "👍", Optional.empty()));
    assertThat(ann.isRefused("a2").code()).isEqualTo("already-reacted");
    ann.says(new ClientFrame.React("a3", room, message, "🎉", Optional.of(true)));
    assertThat(ann.isRefused("a3").code()).isEqualTo("not-reacted");
    ann.says(new ClientFrame.React("a4", room, message, "no emoji", Optional.empty()));
    assertThat(ann.isRefused("a4").code()).isEqualTo("bad-field");
    ann.says(new ClientFrame.React("a5", room, 1, "👍", Optional.empty()));
    assertThat(ann.isRefused("a5").code()).isEqualTo("unknown-message");
    ann.says(new ClientFrame.Redact("a6", room, message, Optional.empty()));
    ann.isAcked("a6");
    ann.says(new ClientFrame.React("a7", room, message, "🎉", Optional.empty()));
    assertThat(ann.isRefused("a7").code()).isEqualTo("message-redacted");
  }

  @Test
  void aReactionIsNotUnread() {
    var phone = ann.onAnotherDevice();
    phone.connectsWithInbox();
    phone.inbox(room, it -> it.unread() == 0);

    reacts(bob, "b1", "👍");
    var last = bob.says(room, "and?").seq();

    assertThat(phone.inbox(room, it -> it.seq() == last).unread()).isEqualTo(1);
    phone.close();
  }

  @Test
  void reactionsOfABlockedUserAreHidden() {
    var answer = ann.rest().send("PUT", "/v1/account/blocked/" + bob.name(), Optional.empty());
    assertThat(answer.status()).isEqualTo(204);

    reacts(bob, "b1", "🎉");
    reacts(ann, "a1", "👍");
    bob.says(room, "and?");

    ann.seesEntry(room, it -> it instanceof Entry.Hidden, "the hidden reaction");
    assertThat(reactions(ann.history(room))).isEqualTo(Map.of("👍", Set.of(ann.name())));
    assertThat(ann.log(room)).noneMatch(it -> it.by().equals(bob.name()) && isReaction(it));
  }

  @Test
  void aBlockedUsersReactionDoesNotHideTheVersionsOfAMessage() {
    ann.rest().send("PUT", "/v1/account/blocked/" + bob.name(), Optional.empty());
    reacts(bob, "b1", "🎉");

    var versions =
        ann.rest()
            .send(
                "GET", "/v1/rooms/" + room + "/entries/" + message + "/versions", Optional.empty());

    assertThat(versions.status()).isEqualTo(200);
  }

  private static boolean isReaction(Entry entry) {
    return entry instanceof Entry.Reacted;
  }

  private long reacts(Person who, String id, String emoji) {
    who.says(new ClientFrame.React(id, room, message, emoji, Optional.empty()));
    return who.isAcked(id).seq();
  }

  private void removes(Person who, String id, String emoji) {
    who.says(new ClientFrame.React(id, room, message, emoji, Optional.of(true)));
    who.isAcked(id);
  }

  /// The state that a client shows: the message as it was read, and the entries after it.
  private Map<String, Set<String>> reactions(List<Entry> entries) {
    var usersByEmoji = new LinkedHashMap<String, Set<String>>();
    for (var entry : entries) {
      if (entry instanceof Entry.Message it && it.seq() == message)
        for (var reaction : it.reactions().orElse(List.of()))
          usersByEmoji.put(reaction.emoji(), new LinkedHashSet<>(reaction.users()));
      if (entry instanceof Entry.Reacted it && it.target() == message) {
        var users = usersByEmoji.computeIfAbsent(it.emoji(), _ -> new LinkedHashSet<>());
        if (it.removed().orElse(false)) users.remove(it.by());
        else users.add(it.by());
      }
    }
    usersByEmoji.values().removeIf(Set::isEmpty);
    return usersByEmoji;
  }
}
