package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.TestNode;
import kith.node.person.Person;
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

@Tag("story")
class ChatStoryTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static TestNode node;

  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node = TestNode.start();
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    var story = STORIES.incrementAndGet();
    ann = Person.signsUp(node.uri("/"), "ann" + story);
    bob = Person.signsUp(node.uri("/"), "bob" + story);
    room = ann.makesRoom("room " + story, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    bob.connects();
  }

  @AfterEach
  void theyLeave() {
    ann.close();
    bob.close();
  }

  @Test
  void aMessageReachesTheOtherMember() {
    ann.opens(room);
    bob.opens(room);
    var ack = ann.says(room, "hello, Bob 😀");
    bob.sees(room, "hello, Bob 😀");
    assertThat(ack.seq()).isEqualTo(3);
    assertThat(bob.log(room).getLast())
        .isInstanceOfSatisfying(
            Entry.Message.class,
            message -> {
              assertThat(message.by()).isEqualTo(ann.name());
              assertThat(message.seq()).isEqualTo(ack.seq());
              assertThat(message.at()).isEqualTo(ack.at());
            });
  }

  @Test
  void aRoomOpenedFromItsBeginningSendsAllEntriesInOrder() {
    ann.opens(room);
    for (var i = 0; i < 300; i++) ann.says(room, "line " + i);
    bob.opens(room, 0);
    assertThat(bob.log(room)).hasSize(302);
    assertThat(bob.log(room).getFirst()).isInstanceOf(Entry.Created.class);
    assertThat(bob.texts(room)).hasSize(300).startsWith("line 0").endsWith("line 299");
  }

  @Test
  void aRetryGetsTheSamePlaceAndNobodySeesItTwice() {
    ann.opens(room);
    var id = UUID.randomUUID().toString();
    var first = ann.says(room, id, "once");
    ann.losesConnection();
    ann.connects(Map.of(room, first.seq()));
    ann.hears(ServerFrame.Complete.class, _ -> true);
    var again = ann.says(room, id, "once");
    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.at()).isEqualTo(first.at());
    bob.opens(room, 0);
    assertThat(bob.texts(room)).containsExactly("once");
  }

  @Test
  void aReconnectedClientGetsExactlyTheMissedEntries() {
    ann.opens(room);
    bob.opens(room);
    ann.says(room, "one");
    bob.sees(room, "one");
    var last = bob.log(room).getLast().seq();
    bob.losesConnection();
    ann.says(room, "two");
    ann.says(room, "three");
    bob.connects(Map.of(room, last));
    bob.hears(ServerFrame.Complete.class, complete -> complete.seq() == last + 2);
    assertThat(bob.texts(room)).containsExactly("two", "three");
  }

  @Test
  void aMessageReachesTheOtherDeviceOfItsAuthor() {
    var phone = ann.onAnotherDevice();
    phone.connects();
    phone.opens(room);
    ann.opens(room);
    ann.says(room, "from the desk");
    phone.sees(room, "from the desk");
    phone.close();
  }

  @Test
  void editsAndRedactionsAreShownAndLateReadersNeverGetARedactedText() {
    ann.opens(room);
    var said = ann.says(room, "the secret is 42");
    ann.says(new ClientFrame.Edit("e1", room, said.seq(), "the secret is 43"));
    var edited = ann.isAcked("e1");
    bob.opens(room, 0);
    assertThat(bob.log(room))
        .anySatisfy(entry ->
            assertThat(entry)
                .isInstanceOfSatisfying(
                    Entry.Message.class,
                    it ->
                        assertThat(it.edit().map(Entry.LatestEdit::body))
                            .contains("the secret is 43")));
    ann.says(new ClientFrame.Redact("r1", room, said.seq(), Optional.empty()));
    var redacted = ann.isAcked("r1");
    assertThat(redacted.seq()).isEqualTo(edited.seq() + 1);
    bob.losesConnection();
    bob.connects();
    bob.opens(room, 0);
    assertThat(bob.log(room).toString()).doesNotContain("secret");
    assertThat(bob.history(room).toString()).doesNotContain("secret");
    ann.says(new ClientFrame.Edit("e2", room, said.seq(), "again"));
    assertThat(ann.isRefused("e2").code()).isEqualTo("message-redacted");
  }

  @Test
  void onlyOwnMessagesCanBeEditedAndOnlyMessagesAnswered() {
    ann.opens(room);
    bob.opens(room);
    var said = ann.says(room, "mine");
    bob.says(new ClientFrame.Edit("e", room, said.seq(), "yours"));
    assertThat(bob.isRefused("e").code()).isEqualTo("not-your-message");
    bob.says(new ClientFrame.Send("s", room, "what?", OptionalLong.of(1)));
    assertThat(bob.isRefused("s").code()).isEqualTo("unknown-message");
    bob.says(new ClientFrame.Send("t", room, "yes", OptionalLong.of(said.seq())));
    assertThat(bob.isAcked("t").seq()).isEqualTo(said.seq() + 1);
  }

  @Test
  void historyComesInPagesFromTheSocketToo() {
    ann.opens(room);
    for (var i = 0; i < 20; i++) ann.says(room, "line " + i);
    ann.says(
        new ClientFrame.History(
            "h1", room, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(5)));
    var newest = ann.hears(ServerFrame.Page.class, page -> page.id().equals("h1"));
    assertThat(newest.entries()).extracting(Entry::seq).containsExactly(18L, 19L, 20L, 21L, 22L);
    assertThat(newest.more()).isTrue();
    ann.says(
        new ClientFrame.History(
            "h2", room, OptionalLong.of(3), OptionalLong.empty(), OptionalInt.of(5)));
    var oldest = ann.hears(ServerFrame.Page.class, page -> page.id().equals("h2"));
    assertThat(oldest.entries()).extracting(Entry::seq).containsExactly(1L, 2L);
    assertThat(oldest.more()).isFalse();
  }

  @Test
  void aPrivateRoomLooksUnknownToStrangers() {
    var secret = ann.makesRoom("secret", Visibility.PRIVATE);
    bob.says(new ClientFrame.Open(secret, OptionalLong.of(0)));
    var problem = bob.hearsProblem();
    assertThat(problem.code()).isEqualTo("unknown-room");
    assertThat(problem.room()).contains(secret);
    bob.forgets();
    bob.says(new ClientFrame.Open("nosuchroomatall", OptionalLong.of(0)));
    assertThat(bob.hearsProblem().message()).isEqualTo(problem.message());
  }

  @Test
  void acknowledgedMessagesSurviveARestart() {
    ann.opens(room);
    var id = UUID.randomUUID().toString();
    var said = ann.says(room, id, "remember me");
    node.restart();
    ann.goesTo(node.uri("/"));
    ann.connects(Map.of(room, 0L));
    ann.hears(ServerFrame.Complete.class, complete -> complete.seq() == said.seq());
    assertThat(ann.texts(room)).containsExactly("remember me");
    assertThat(ann.says(room, id, "remember me").seq()).isEqualTo(said.seq());
  }

  @Test
  void aKickedMemberSeesTheKickAndNothingAfterIt() {
    ann.opens(room);
    bob.opens(room);
    assertThat(
            ann.rest()
                .send("DELETE", "/v1/rooms/" + room + "/members/" + bob.name(), Optional.empty())
                .status())
        .isEqualTo(204);
    var closed = bob.hears(ServerFrame.Closed.class, _ -> true);
    assertThat(closed.code()).isEqualTo("kicked");
    ann.says(room, "now that he is gone");
    bob.says(new ClientFrame.Send("s", room, "wait", OptionalLong.empty()));
    assertThat(bob.isRefused("s").code()).isEqualTo("room-not-open");
    bob.says(new ClientFrame.Open(room, OptionalLong.of(0)));
    assertThat(bob.hears(ServerFrame.Problem.class, it -> it.id().isEmpty()).code())
        .isEqualTo("not-a-member");
    assertThat(bob.log(room).getLast())
        .isInstanceOfSatisfying(
            Entry.Kicked.class, kicked -> assertThat(kicked.user()).isEqualTo(bob.name()));
    assertThat(bob.rest().get("/v1/rooms/" + room + "/entries").status()).isEqualTo(403);
  }

  @Test
  void aStoppingNodeSendsItsClientsAReconnectTime() {
    ann.opens(room);
    node.restart();
    var goodbye = ann.hears(ServerFrame.Goodbye.class, _ -> true);
    assertThat(goodbye.code()).isEqualTo("going-away");
    assertThat(goodbye.reconnectAfterMillis()).isPresent();
    assertThat(ann.isHungUpOn()).isEqualTo(1012);
  }

  @Test
  void aPostMayFollowAnOpenWithoutWaiting() {
    ann.says(new ClientFrame.Open(room, OptionalLong.empty()));
    ann.says(room, "early");
    bob.opens(room, 0);
    assertThat(bob.texts(room)).containsExactly("early");
    bob.says(new ClientFrame.Open("nosuchroomatall", OptionalLong.empty()));
    bob.says(new ClientFrame.Send("s", "nosuchroomatall", "hi", OptionalLong.empty()));
    assertThat(bob.isRefused("s").code()).isIn("unknown-room", "room-not-open");
  }

  @Test
  void aClientThatResumesBeyondTheEndGetsTheEndOfTheRoom() {
    ann.says(new ClientFrame.Open(room, OptionalLong.of(1_000)));
    assertThat(ann.hears(ServerFrame.Complete.class, _ -> true).seq()).isEqualTo(2);
    ann.says(room, "three");
    ann.sees(room, "three");
  }
}
