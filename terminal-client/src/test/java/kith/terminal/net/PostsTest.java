package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Posts are retried with the same id until they are answered.
class PostsTest {

  @Test
  void aPostIsOnDiskBeforeItIsSent() {
    var session = SessionDriver.online();
    session.hasOpen(1);

    session.happens(new SessionCommand.Post(SessionDriver.send("a")));
    assertThat(session.latest()).containsExactly(new SessionEffect.Store(SessionDriver.send("a")));

    session.happens(new SessionInput.Stored(SessionDriver.send("a")));
    assertThat(session.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void aPostThatCannotBeStoredIsNotSent() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.happens(new SessionCommand.Post(SessionDriver.send("a")));

    session.happens(new SessionInput.NotStored(SessionDriver.send("a"), "The disk is full."));

    assertThat(session.transmitted()).isEmpty();
    assertThat(session.events())
        .contains(
            new SessionEvent.Failed(SessionDriver.send("a"), "not-stored", "The disk is full."));
  }

  @Test
  void anAckRemovesAPostFromTheOutbox() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.acks("a", 2);

    assertThat(session.events())
        .contains(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
    assertThat(session.latest()).contains(new SessionEffect.Forget(SessionDriver.send("a")));
    assertThat(session.model().pending()).isZero();
  }

  @Test
  void anOwnReactionInTheLogCountsAsTheAck() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    var react = new ClientFrame.React("a", "lobby", 1, "👍", Optional.empty());
    session.posts(react);

    session.receives(
        new ServerFrame.Entries(
            "lobby",
            List.of(
                new Entry.Reacted(2, SessionDriver.NOON, "ann", "a", 1, "👍", Optional.empty()))));

    assertThat(session.events()).contains(new SessionEvent.Sent(react, 2, SessionDriver.NOON));
    assertThat(session.model().pending()).isZero();
  }

  @Test
  void anOwnEntryCountsAsTheAck() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "ann", "a"))));
    session.acks("a", 2);

    assertThat(session.events())
        .filteredOn(SessionEvent.Sent.class::isInstance)
        .containsExactly(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
  }

  @Test
  void anotherUsersEntryWithTheSameIdIsNotAnAck() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "bob", "a"))));

    assertThat(session.model().pending()).isEqualTo(1);
  }

  @Test
  void onlyOnePostPerRoomIsInFlight() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));
    session.posts(SessionDriver.send("b"));
    assertThat(session.transmitted()).isEmpty();

    session.refuses("a", "rate-limited", OptionalLong.of(300));
    assertThat(session.transmitted()).isEmpty();
    session.passesUntilItWakes();
    assertThat(session.transmitted()).containsExactly(SessionDriver.send("a"));
    session.acks("a", 2);

    assertThat(session.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void unansweredPostsAreResentInOrderWithTheirIds() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));
    session.posts(SessionDriver.send("b"));
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();

    session.receives(new ServerFrame.Complete("lobby", 1));
    assertThat(session.transmitted()).containsExactly(SessionDriver.send("a"));
    session.acks("a", 2);
    assertThat(session.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void aPostWhoseEntryArrivedWithTheResumeIsNotResent() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();

    session.receives(new ServerFrame.Entries("lobby", List.of(SessionDriver.said(2, "ann", "a"))));

    assertThat(session.transmitted()).isEmpty();
    assertThat(session.events())
        .contains(new SessionEvent.Sent(SessionDriver.send("a"), 2, SessionDriver.NOON));
  }

  @Test
  void postsOfAnEarlierRunOpenTheirRoomAndAreSent() {
    var session = SessionDriver.online(SessionDriver.send("a"));
    assertThat(session.transmitted())
        .containsExactly(new ClientFrame.Open("lobby", OptionalLong.empty()));

    session.receives(new ServerFrame.Complete("lobby", 9));

    assertThat(session.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void unavailableIsRetriedWithBackoff() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.refuses("a", "unavailable", OptionalLong.empty());
    assertThat(session.events())
        .contains(new SessionEvent.Delayed(SessionDriver.send("a"), "unavailable", "No."));
    session.passesUntilItWakes();

    assertThat(session.transmitted()).containsExactly(SessionDriver.send("a"));
  }

  @Test
  void anUnansweredPostIsRetriedAfterATimeout() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    for (long passed = 0; passed < SessionModel.ANSWER_MILLIS; ) {
      passed += session.passesUntilItWakes();
      if (passed < SessionModel.ANSWER_MILLIS) {
        assertThat(session.transmitted()).doesNotContain(SessionDriver.send("a"));
        session.happens(new SessionInput.Heard(session.model().socket()));
      }
    }

    assertThat(session.transmitted()).contains(SessionDriver.send("a"));
  }

  @Test
  void aSilentNodeIsDroppedEarlyWhileAPostIsUnanswered() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    long passed = session.passesUntilItWakes() + session.passesUntilItWakes();

    assertThat(passed).isLessThan(10_000);
    assertThat(session.state()).isInstanceOf(ConnectionState.Waiting.class);
  }

  @Test
  void roomNotOpenReopensTheRoom() {
    var session = SessionDriver.online();
    session.hasOpen(4);
    session.posts(SessionDriver.send("a"));

    session.refuses("a", "room-not-open", OptionalLong.of(0));

    assertThat(session.transmitted()).containsExactly(SessionDriver.open(4));
  }

  @Test
  void aRefusedPostFailsAndTheNextOneIsSent() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));
    session.posts(SessionDriver.send("b"));

    session.refuses("a", "empty-body", OptionalLong.empty());

    assertThat(session.events())
        .contains(new SessionEvent.Failed(SessionDriver.send("a"), "empty-body", "No."));
    assertThat(session.transmitted()).containsExactly(SessionDriver.send("b"));
  }

  @Test
  void aPostOverTheLimitsIsNotSent() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    var long1 = new ClientFrame.Send("l", "lobby", "ä".repeat(513), OptionalLong.empty());
    var long2 = new ClientFrame.Send("m", "lobby", "\u0001".repeat(400), OptionalLong.empty());

    session.posts(long1);
    assertThat(session.transmitted()).isEmpty();
    session.posts(long2);
    assertThat(session.transmitted()).isEmpty();

    assertThat(session.events())
        .filteredOn(SessionEvent.Failed.class::isInstance)
        .extracting(event -> ((SessionEvent.Failed) event).code())
        .containsExactly("body-too-long", "frame-too-large");
  }

  @Test
  void aRepeatedPostIsSentOnce() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.posts(SessionDriver.send("a"));

    assertThat(session.model().pending()).isEqualTo(1);
  }

  @Test
  void theOutboxIsBounded() {
    var session = new SessionDriver();
    IntStream.range(0, SessionModel.MAX_PENDING)
        .forEach(i -> session.posts(SessionDriver.send("id" + i)));

    session.posts(SessionDriver.send("more"));

    assertThat(session.model().pending()).isEqualTo(SessionModel.MAX_PENDING);
    assertThat(session.events().getLast())
        .isInstanceOfSatisfying(
            SessionEvent.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("outbox-full"));
  }

  @Test
  void aHistoryQueryIsRepeatedAfterALoss() {
    var session = SessionDriver.online();
    var question =
        new ClientFrame.History(
            "h", "lobby", OptionalLong.of(9), OptionalLong.empty(), OptionalInt.empty());
    session.happens(new SessionCommand.History(question));
    assertThat(session.transmitted()).containsExactly(question);
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();
    assertThat(session.transmitted()).containsExactly(question);

    session.receives(
        new ServerFrame.Problem(
            "unknown-room", "None.", Optional.of("h"), Optional.empty(), OptionalLong.empty()));

    assertThat(session.events())
        .contains(new SessionEvent.NoPage("h", "lobby", "unknown-room", "None."));
  }

  @Test
  void anOwnEntryInAHistoryPageCountsAsTheAck() {
    var session = SessionDriver.online(SessionDriver.send("a"));
    session.hasOpen(5);
    session.happens(
        new SessionCommand.History(
            new ClientFrame.History(
                "q", "lobby", OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty())));

    session.receives(
        new ServerFrame.Page("q", "lobby", List.of(SessionDriver.said(5, "ann", "a")), false));

    assertThat(session.latest()).contains(new SessionEffect.Forget(SessionDriver.send("a")));
    assertThat(session.model().pending()).isZero();
  }

  @Test
  void anInternalErrorIsRetried() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.refuses("a", "internal", OptionalLong.empty());

    assertThat(session.model().pending()).isEqualTo(1);
  }

  @Test
  void aRefusedPostStaysOnDiskUntilTheUserDropsIt() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));

    session.refuses("a", "empty-body", OptionalLong.empty());
    assertThat(session.latest()).contains(new SessionEffect.Refuse(SessionDriver.send("a"), "No."));

    session.happens(new SessionCommand.Forget(SessionDriver.send("a")));
    assertThat(session.latest()).contains(new SessionEffect.Forget(SessionDriver.send("a")));
  }

  @Test
  void aPostInFlightWhenTheRoomEndsMayHaveBeenSent() {
    var session = SessionDriver.online();
    session.hasOpen(1);
    session.posts(SessionDriver.send("a"));
    session.posts(SessionDriver.send("b"));

    session.receives(new ServerFrame.Closed("lobby", "kicked", "You were removed."));

    assertThat(session.events())
        .contains(
            new SessionEvent.Failed(
                SessionDriver.send("a"),
                "kicked",
                "You were removed. The message may have been sent before."),
            new SessionEvent.Failed(SessionDriver.send("b"), "kicked", "You were removed."));
  }

  @Test
  void framesOfMissingFeaturesAreNotSent() {
    var session = new SessionDriver();
    session.happens(new SessionInput.Start());
    session.comesOnline(List.of("inbox"));
    session.hasOpen(1);

    session.happens(new SessionCommand.Typing("lobby"));
    assertThat(session.transmitted()).isEmpty();
    session.happens(new SessionCommand.CountReceipts("lobby", 1));
    assertThat(session.transmitted()).isEmpty();
    session.happens(new SessionCommand.Idle(true));
    assertThat(session.transmitted()).isEmpty();
    session.happens(new SessionCommand.Watch(new ClientFrame.Watch(Optional.empty(), List.of())));
    assertThat(session.transmitted()).isEmpty();
  }
}
