package kith.node.gateway.socket;

import java.time.Duration;
import kith.node.core.session.SocketEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Upgrade upgrade = new Upgrade();
  private final Outbox outbox = new Outbox(16);
  private final SessionProbe session = new SessionProbe(outbox);
  private final Upgrade.Socket socket =
      new Upgrade.Socket(outbox, new SocketSettings(LONG, LONG, LONG, 65_536, 16, LONG));

  @BeforeEach
  void listen() {
    outbox.listen(session);
  }

  @Test
  void aSessionOfAConnectionThatHasEndedReceivesEnded() throws Exception {
    upgrade.gone();

    upgrade.to(socket);

    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aConnectionThatEndsBeforeItIsASocketEndsItsSessionOnce() throws Exception {
    upgrade.to(socket);

    upgrade.gone();
    upgrade.gone();

    session.hears(new SocketEvent.Ended());
    session.heardNothingMore();
  }
}
