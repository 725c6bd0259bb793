package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// How a session asks who is there, and tells that somebody is here.
class PresenceTest {
  private static final ClientFrame.Watch WATCH =
      new ClientFrame.Watch(Optional.of("lobby"), List.of("bob"));

  private final SessionDriver talk = SessionDriver.online();

  @Test
  void aRoomIsWatchedOnceItIsOpenAndAgainOnTheNextConnection() {
    talk.opens(5);
    talk.happens(new SessionCommand.Watch(WATCH));
    assertThat(talk.transmitted()).doesNotContain(WATCH);
    talk.receives(new ServerFrame.Complete("lobby", 5));
    assertThat(talk.transmitted()).containsExactly(WATCH);

    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();
    talk.receives(new ServerFrame.Complete("lobby", 5));
    assertThat(talk.transmitted()).containsExactly(WATCH);
  }

  @Test
  void whoIsIdleIsIdleOnTheNextConnectionToo() {
    talk.happens(new SessionCommand.Idle(true));
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.IDLE));

    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.IDLE));
    talk.happens(new SessionCommand.Idle(false));
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.ChangeStatus(Status.ONLINE));
  }

  @Test
  void writingIsToldOnlyWhereARoomIsOpen() {
    talk.happens(new SessionCommand.Typing("lobby"));
    assertThat(talk.transmitted()).isEmpty();

    talk.hasOpen(5);
    talk.happens(new SessionCommand.Typing("lobby"));
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Typing("lobby"));
  }
}
