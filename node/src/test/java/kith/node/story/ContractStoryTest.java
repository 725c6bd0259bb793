package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Decisions of `protocol/README.md` where an author of a client could expect either choice.
@Tag("story")
class ContractStoryTest {
  private static final AtomicInteger STORIES = new AtomicInteger();

  private static TestNode node;

  private Person ann;
  private Person bob;
  private String room;
  private long said;

  @BeforeAll
  static void startNode() {
    node = TestNode.start(Map.of());
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annSaysSomethingInTheRoomOfAnnAndBob() {
    var story = STORIES.incrementAndGet();
    ann = Person.signsUp(node.uri("/"), "ann" + story);
    bob = Person.signsUp(node.uri("/"), "bob" + story);
    room = ann.makesRoom("room " + story, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    bob.connects();
    ann.opens(room);
    bob.opens(room);
    said = ann.says(room, "one").seq();
  }

  @AfterEach
  void theyLeave() {
    ann.close();
    bob.close();
  }

  private Rest.Answer asks(Person person, String method, String path, String body) {
    var sent = body.isEmpty() ? Optional.<String>empty() : Optional.of(body);
    return person.rest().send(method, "/v1/rooms/" + room + path, sent);
  }

  private Rest.Answer changes(String body) {
    return asks(ann, "PATCH", "", body);
  }

  private static String code(Person person, ClientFrame frame) {
    person.forgets();
    person.says(frame);
    return person.hearsProblem().code();
  }

  private static long ack(Person person, ClientFrame.Post post) {
    person.forgets();
    person.says(post);
    return person.isAcked(post.id()).seq();
  }

  @Test
  void aRoomIsPublicUnlessItIsCreatedPrivate() {
    var made = ann.rest().send("POST", "/v1/rooms", Optional.of("{\"name\":\"" + room + "\"}"));

    assertThat(made.field("visibility")).isEqualTo("public");
  }

  @Test
  void settingsAreRemovedByEmptyValuesAndNotByNull() {
    changes("{\"passcode\":\"secret\",\"capacity\":7,\"retention\":{\"days\":3,\"entries\":9}}");

    var kept = changes("{\"passcode\":null,\"capacity\":null,\"retention\":null,\"topic\":null}");
    assertThat(kept.json().path("passcode").asBoolean()).isTrue();
    assertThat(kept.json().path("capacity").asInt()).isEqualTo(7);
    assertThat(kept.json().path("retention").path("days").asInt()).isEqualTo(3);

    var replaced = changes("{\"retention\":{\"days\":4}}");
    assertThat(replaced.json().path("retention").has("entries")).isFalse();

    var removed = changes("{\"passcode\":\"\",\"capacity\":0,\"retention\":{}}");
    assertThat(removed.json().path("passcode").asBoolean()).isFalse();
    assertThat(removed.json().has("capacity")).isFalse();
    assertThat(removed.json().path("retention").isEmpty()).isTrue();

    var again = changes("{}");
    assertThat(again.field("lastSeq")).isEqualTo(removed.field("lastSeq"));
  }

  @Test
  void emptyValuesCreateNoRoom() {
    for (var wrong : new String[] {"\"passcode\":\"\"", "\"capacity\":0"})
      assertThat(
              ann.rest()
                  .send("POST", "/v1/rooms", Optional.of("{\"name\":\"empty\"," + wrong + "}"))
                  .refusal())
          .isEqualTo("400 bad-field");
  }

  @Test
  void aPageHasOneDirectionAndAtLeastOneEntry() {
    for (var wrong : new String[] {"limit=0", "before=0", "before=3&after=1", "after=-1"})
      assertThat(asks(ann, "GET", "/entries?" + wrong, "").refusal())
          .as(wrong)
          .isEqualTo("400 bad-field");
    assertThat(
            code(
                ann,
                new ClientFrame.History(
                    "h1", room, OptionalLong.of(3), OptionalLong.of(1), OptionalInt.empty())))
        .isEqualTo("bad-field");
    assertThat(
            code(
                ann,
                new ClientFrame.History(
                    "h2", room, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(0))))
        .isEqualTo("bad-field");
  }

  @Test
  void theFirstOfSeveralPostsWithOneIdCounts() {
    var first = new ClientFrame.Send("same", room, "two", OptionalLong.empty());
    var seq = ack(ann, first);

    assertThat(ack(ann, new ClientFrame.Send("same", room, "three", OptionalLong.of(said))))
        .isEqualTo(seq);
    bob.sees(room, "two");
    assertThat(bob.texts(room)).doesNotContain("three");
  }

  @Test
  void onlyAuthorsAndModeratorsRedact() {
    var redaction = new ClientFrame.Redact("r1", room, said, Optional.empty());
    assertThat(code(bob, redaction)).isEqualTo("not-your-message");

    var seq = ack(ann, redaction);

    assertThat(ack(ann, redaction)).isEqualTo(seq);
    assertThat(code(ann, new ClientFrame.Redact("r2", room, said, Optional.empty())))
        .isEqualTo("message-redacted");
    assertThat(code(ann, new ClientFrame.Edit("e1", room, said, "two")))
        .isEqualTo("message-redacted");
  }

  @Test
  void aRedactedMessageTakesReplies() {
    ack(ann, new ClientFrame.Redact("r1", room, said, Optional.empty()));

    ack(bob, new ClientFrame.Send("s1", room, "what was it?", OptionalLong.of(said)));

    assertThat(code(bob, new ClientFrame.Send("s2", room, "hm", OptionalLong.of(1))))
        .isEqualTo("unknown-message");
  }

  @Test
  void aRoomThatIsNotOpenIsClosedAgain() {
    ann.says(new ClientFrame.Close("nosuchroom"));

    assertThat(ann.hears(ServerFrame.Closed.class, it -> it.room().equals("nosuchroom")).code())
        .isEqualTo("closed");
  }

  @Test
  void aNameWithoutAnAccountCanBeBanned() {
    var name = "eve" + STORIES.incrementAndGet();
    assertThat(asks(ann, "PUT", "/bans/" + name, "{}").status()).isEqualTo(204);
    assertThat(asks(ann, "PUT", "/bans/" + name, "{}").status()).isEqualTo(204);

    var eve = Person.signsUp(node.uri("/"), name);
    assertThat(asks(eve, "POST", "/join", "{}").refusal()).isEqualTo("403 banned");

    for (var i = 0; i < 2; i++)
      assertThat(asks(ann, "DELETE", "/bans/" + name, "").status()).isEqualTo(204);
    assertThat(asks(eve, "POST", "/join", "{}").status()).isEqualTo(200);
    assertThat(asks(ann, "DELETE", "/members/nobody", "").refusal())
        .isEqualTo("404 unknown-member");
  }

  @Test
  void aWrongInvitationIsRefusedEvenWhereNoneIsNeeded() {
    var cyd = Person.signsUp(node.uri("/"), "cyd" + STORIES.incrementAndGet());

    assertThat(asks(cyd, "POST", "/join", "{\"invitation\":\"wrong\"}").refusal())
        .isEqualTo("404 unknown-invitation");
    assertThat(asks(cyd, "POST", "/join", "{}").status()).isEqualTo(200);
  }

  @Test
  void aBodyKeepsItsNulAndATopicTakesNone() {
    ack(ann, new ClientFrame.Send("n1", room, "a\0b", OptionalLong.empty()));

    bob.sees(room, "a\0b");
    assertThat(code(ann, new ClientFrame.Send("n2", room, "\0", OptionalLong.empty())))
        .isEqualTo("empty-body");
    assertThat(changes("{\"topic\":\"a\\u0000b\"}").refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void onlyModeratorsMentionEveryone() {
    ann.says(room, "hello @room");
    bob.says(room, "hello to you, @room");

    ann.sees(room, "hello to you, @room");

    assertThat(ann.log(room))
        .filteredOn(Entry.Message.class::isInstance)
        .map(entry -> ((Entry.Message) entry).mentions())
        .containsExactly(Optional.empty(), Optional.of(List.of("@room")), Optional.empty());
  }
}
