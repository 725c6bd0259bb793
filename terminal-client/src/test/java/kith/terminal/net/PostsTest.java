package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// A post is tried with the same id until it is answered.
class PostsTest {

  @Test
  void aPostIsOnDiskBeforeItIsSent() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);

    talk.happens(new SessionCommand.Post(SessionDriver.send("a")));
    assertThat(talk.latest()).containsExactly(new SessionEffect.Store(SessionDriver.send("a")));

    talk.happens(new SessionInput.Stored(SessionDriver.send("a")));
    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void aPostThatCannotBeStoredIsNotSent() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.happens(new SessionCommand.Post(SessionDriver.send("a")));

    talk.happens(new SessionInput.NotStored(SessionDriver.send("a"), "The disk is full."));

    assertThat(talk.transmitted()).isEmpty();
    assertThat(talk.told())
        .contains(
            new SessionEvent.Failed(SessionDriver.send("a"), "not-stored", "The disk is full."));
  }

  @Test
  void anAckMakesItSentAndForgotten() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    talk.acks("a", 2);

    assertThat(talk.told())
        .contains(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
    assertThat(talk.latest()).contains(new SessionEffect.Forget(SessionDriver.send("a")));
    assertThat(talk.model().pending()).isZero();
  }

  @Test
  void theOwnEntryIsAsGoodAsTheAck() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    talk.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "ann", "a"))));
    talk.acks("a", 2);

    assertThat(talk.told())
        .filteredOn(SessionEvent.Sent.class::isInstance)
        .containsExactly(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
  }

  @Test
  void theSameIdOfSomebodyElseIsNoAck() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    talk.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "bob", "a"))));

    assertThat(talk.model().pending()).isEqualTo(1);
  }

  @Test
  void onlyOneOfARoomIsInFlightSoThatOrderHolds() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));
    talk.posts(SessionDriver.send("b"));
    assertThat(talk.transmitted()).isEmpty();

    talk.refuses("a", "rate-limited", OptionalLong.of(300));
    assertThat(talk.transmitted()).isEmpty();
    talk.passesUntilItWakes();
    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("a"));
    talk.acks("a", 2);

    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void afterALossEverythingUnansweredIsSentAgainWithItsIdInOrder() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));
    talk.posts(SessionDriver.send("b"));
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();

    talk.receives(new ServerFrame.Complete("lobby", 1));
    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("a"));
    talk.acks("a", 2);
    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void whatCameBackWithTheResumeIsNotSentAgain() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();

    talk.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "ann", "a"))));

    assertThat(talk.transmitted()).isEmpty();
    assertThat(talk.told())
        .contains(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
  }

  @Test
  void whatAnEarlierRunLeftOpensItsRoomAndIsSent() {
    var talk = SessionDriver.online(SessionDriver.send("a"));
    assertThat(talk.transmitted())
        .containsExactly(new ClientFrame.Open("lobby", OptionalLong.empty()));

    talk.receives(new ServerFrame.Complete("lobby", 9));

    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void unavailableIsTriedAgainWithoutATime() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    talk.refuses("a", "unavailable", OptionalLong.empty());
    talk.passesUntilItWakes();

    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void noAnswerAtAllIsTriedAgainAfterAWhile() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    for (long passed = 0; passed < SessionModel.ANSWER_MILLIS; ) {
      passed += talk.passesUntilItWakes();
      if (passed < SessionModel.ANSWER_MILLIS) {
        assertThat(talk.transmitted()).doesNotContain(SessionDriver.send("a"));
        talk.happens(new SessionInput.Heard(talk.model().socket()));
      }
    }

    assertThat(talk.transmitted()).contains(SessionDriver.send("a"));
  }

  @Test
  void aNodeThatIsSilentWhileAnAnswerIsDueIsLeftSoon() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    long passed = talk.passesUntilItWakes() + talk.passesUntilItWakes();

    assertThat(passed).isLessThan(10_000);
    assertThat(talk.state()).isInstanceOf(ConnectionState.Waiting.class);
  }

  @Test
  void aRoomThatTheNodeClosedUnnoticedIsOpenedAgain() {
    var talk = SessionDriver.online();
    talk.hasOpen(4);
    talk.posts(SessionDriver.send("a"));

    talk.refuses("a", "room-not-open", OptionalLong.of(0));

    assertThat(talk.transmitted()).containsExactly(SessionDriver.open(4));
  }

  @Test
  void otherRefusalsAreFailuresAndTheNextPostGoesOn() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));
    talk.posts(SessionDriver.send("b"));

    talk.refuses("a", "empty-body", OptionalLong.empty());

    assertThat(talk.told())
        .contains(new SessionEvent.Failed(SessionDriver.send("a"), "empty-body", "No."));
    assertThat(talk.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void whatTheServerWouldNotTakeIsNotSent() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    var long1 = new ClientFrame.Send("l", "lobby", "ä".repeat(513), OptionalLong.empty());
    var long2 = new ClientFrame.Send("m", "lobby", "\u0001".repeat(400), OptionalLong.empty());

    talk.posts(long1);
    assertThat(talk.transmitted()).isEmpty();
    talk.posts(long2);
    assertThat(talk.transmitted()).isEmpty();

    assertThat(talk.told())
        .filteredOn(SessionEvent.Failed.class::isInstance)
        .extracting(event -> ((SessionEvent.Failed) event).code())
        .containsExactly("body-too-long", "frame-too-large");
  }

  @Test
  void theSamePostTwiceIsOne() {
    var talk = SessionDriver.online();
    talk.hasOpen(1);
    talk.posts(SessionDriver.send("a"));

    talk.posts(SessionDriver.send("a"));

    assertThat(talk.model().pending()).isEqualTo(1);
  }

  @Test
  void theOutboxIsBounded() {
    var talk = new SessionDriver();
    IntStream.range(0, SessionModel.MOST_PENDING)
        .forEach(i -> talk.posts(SessionDriver.send("id" + i)));

    talk.posts(SessionDriver.send("more"));

    assertThat(talk.model().pending()).isEqualTo(SessionModel.MOST_PENDING);
    assertThat(talk.told().getLast())
        .isInstanceOfSatisfying(
            SessionEvent.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("outbox-full"));
  }

  @Test
  void aHistoryQuestionIsAskedAgainAfterALoss() {
    var talk = SessionDriver.online();
    var question =
        new ClientFrame.History(
            "h", "lobby", OptionalLong.of(9), OptionalLong.empty(), OptionalInt.empty());
    talk.happens(new SessionCommand.History(question));
    assertThat(talk.transmitted()).containsExactly(question);
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();
    assertThat(talk.transmitted()).containsExactly(question);

    talk.receives(
        new ServerFrame.Problem(
            "unknown-room", "None.", Optional.of("h"), Optional.empty(), OptionalLong.empty()));

    assertThat(talk.told())
        .contains(new SessionEvent.NoPage("h", "lobby", "unknown-room", "None."));
  }
}
