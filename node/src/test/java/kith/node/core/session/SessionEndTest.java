package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// The ends of a session, and the faults that do not end it.
class SessionEndTest extends SessionFixture {
  @Test
  void loggingOutADeviceEndsItsSession() {
    sends(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    var attaching = attaches();
    attaching.replyTo().tell(attached(account.ref(), List.of()));
    socket.expect(ServerFrame.Welcome.class);

    attaching.session().tell(new Account.DeviceEnded(Code.DEVICE_ENDED, "Logged out."));

    endsWith(4403, Code.DEVICE_ENDED);
  }

  @Test
  void aStoppingNodeSendsAReconnectTime() {
    signsIn();

    session.tell(new Session.GoAway(1_200));

    var goodbye = socket.expect(ServerFrame.Goodbye.class);
    assertThat(goodbye.reconnectAfterMillis()).hasValue(1_200);
    assertThat(socket.expectClosed()).isEqualTo(1012);
  }

  @Test
  void aSessionContinuesWhenItsAccountMoves() {
    signsIn();

    account.stop();

    var next = kit().<Account.Command>createTestProbe();
    attaches().replyTo().tell(attached(next.ref(), List.of()));
    nothingElseIsSent();
  }

  @Test
  void aClosedSocketEndsTheSession() {
    signsIn();

    session.tell(new Session.FromSocket(new SocketEvent.Ended()));

    relays.expectTerminated(session, Duration.ofSeconds(3));
  }
}
