package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Subscribes to presence, and reports idle and typing.
class PresenceTest {
  private static final ClientFrame.Watch WATCH =
      new ClientFrame.Watch(Optional.of("lobby"), List.of("bob"));

  private final SessionDriver session = SessionDriver.online();

  @Test
  void aRoomIsWatchedOnceItIsOpenAndAgainOnTheNextConnection() {
    session.opens(5);
    session.happens(new SessionCommand.Watch(WATCH));
    assertThat(session.transmitted()).doesNotContain(WATCH);
    session.receives(new ServerFrame.Complete("lobby", 5));
    assertThat(session.transmitted()).containsExactly(WATCH);

    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();
    session.receives(new ServerFrame.Complete("lobby", 5));
    assertThat(session.transmitted()).containsExactly(WATCH);
  }

  @Test
  void idleIsReportedAgainOnTheNextConnection() {
    session.happens(new SessionCommand.Idle(true));
    assertThat(session.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.IDLE));

    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();
    assertThat(session.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.IDLE));
    session.happens(new SessionCommand.Idle(false));
    assertThat(session.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.ONLINE));
  }

  @Test
  void typingIsSentOnlyToAnOpenRoom() {
    session.happens(new SessionCommand.Typing("lobby"));
    assertThat(session.transmitted()).isEmpty();

    session.hasOpen(5);
    session.happens(new SessionCommand.Typing("lobby"));
    assertThat(session.transmitted()).containsExactly(new ClientFrame.Typing("lobby"));
  }
}
