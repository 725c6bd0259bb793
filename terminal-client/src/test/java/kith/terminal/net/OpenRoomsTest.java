package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Entries are delivered once, in order and without gaps.
class OpenRoomsTest {

  @Test
  void repeatedEntriesAreDropped() {
    var session = SessionDriver.online();
    session.hasOpen(2);

    session.receivesEntries(2, 3, 4);
    session.receivesEntries(3, 4, 5);

    assertThat(session.arrived()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void aGapIsRequestedAgain() {
    var session = SessionDriver.online();
    session.hasOpen(2);

    session.receivesEntries(3, 5);

    assertThat(session.arrived()).containsExactly(3L);
    assertThat(session.transmitted()).containsExactly(SessionDriver.open(3));
  }

  @Test
  void laterEntriesWaitUntilAGapIsFilled() {
    var session = SessionDriver.online();
    session.hasOpen(2);
    session.receivesEntries(5);

    session.receivesEntries(6);
    assertThat(session.transmitted()).isEmpty();
    session.receivesEntries(3, 4, 5, 6);

    assertThat(session.arrived()).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void aRemainingGapIsRequestedWithBackoff() {
    var session = SessionDriver.online();
    session.hasOpen(2);
    session.receivesEntries(4);
    assertThat(session.transmitted()).containsExactly(SessionDriver.open(2));

    session.receives(new ServerFrame.Complete("lobby", 4));
    assertThat(session.transmitted()).isEmpty();
    session.passesUntilItWakes();

    assertThat(session.transmitted()).containsExactly(SessionDriver.open(2));
  }

  @Test
  void aGapFromRetentionIsReportedAndSkipped() {
    var session = SessionDriver.online();
    session.opens(0);

    session.receives(new ServerFrame.Gap("lobby", 1, 7));
    session.receivesEntries(8);

    assertThat(session.events()).contains(new SessionEvent.Missing("lobby", 1, 7));
    assertThat(session.arrived()).containsExactly(8L);
  }

  @Test
  void aRoomOpenedAtItsEndResumesFromItsEnd() {
    var session = SessionDriver.online();
    session.happens(new SessionCommand.Open("lobby", OptionalLong.empty()));
    assertThat(session.transmitted())
        .containsExactly(new ClientFrame.Open("lobby", OptionalLong.empty()));

    session.receives(new ServerFrame.Complete("lobby", 17));

    assertThat(session.model().resume()).isEqualTo(Map.of("lobby", 17L));
  }

  @Test
  void aRewoundLogIsReportedAndAccepted() {
    var session = SessionDriver.online();
    session.opens(20);

    session.receives(new ServerFrame.Complete("lobby", 10));
    session.receivesEntries(11);

    assertThat(session.events()).contains(new SessionEvent.Rewound("lobby", 20, 10));
    assertThat(session.arrived()).containsExactly(11L);
  }

  @Test
  void aTemporarilyRefusedOpenIsRetriedAtTheGivenTime() {
    var session = SessionDriver.online();
    session.opens(3);

    session.receives(
        new ServerFrame.Problem(
            "unavailable",
            "Not now.",
            Optional.empty(),
            Optional.of("lobby"),
            OptionalLong.of(700)));

    assertThat(session.passesUntilItWakes()).isEqualTo(700);
    assertThat(session.transmitted()).containsExactly(SessionDriver.open(3));
  }

  @Test
  void aRefusedOpenFailsTheRoomsPosts() {
    var session = SessionDriver.online(SessionDriver.send("a"));

    session.receives(
        new ServerFrame.Problem(
            "not-a-member",
            "You are not a member.",
            Optional.empty(),
            Optional.of("lobby"),
            OptionalLong.empty()));

    assertThat(session.events())
        .contains(
            new SessionEvent.Failed(
                SessionDriver.send("a"),
                "not-a-member",
                "You are not a member. The message may have been sent before."),
            new SessionEvent.RoomClosed("lobby", "not-a-member", "You are not a member."));
    assertThat(session.model().pending()).isZero();
  }

  @Test
  void aReopenedRoomIgnoresTheEarlierClosed() {
    var session = SessionDriver.online();
    session.hasOpen(5);
    session.happens(new SessionCommand.Close("lobby"));
    session.opens(5);

    session.receives(new ServerFrame.Closed("lobby", "closed", "You closed it."));
    session.receives(new ServerFrame.Complete("lobby", 5));
    session.receivesEntries(6);

    assertThat(session.arrived()).containsExactly(6L);
  }

  @Test
  void aKickIsReportedAndTheRoomIsNotResumed() {
    var session = SessionDriver.online();
    session.hasOpen(5);

    session.receives(new ServerFrame.Closed("lobby", "kicked", "You were removed."));

    assertThat(session.events())
        .contains(new SessionEvent.RoomClosed("lobby", "kicked", "You were removed."));
    assertThat(session.model().resume()).isEmpty();
  }
}
