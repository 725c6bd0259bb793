package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kith.node.platform.config.ClusterIntervals;
import org.junit.jupiter.api.Test;

class SessionsTest {
  @Test
  void fewClientsOfAStoppingNodeReconnectAtOnceAndManyWithinSeconds() {
    assertThat(Sessions.reconnectSpread(10)).isLessThan(Duration.ofMillis(100));
    assertThat(Sessions.reconnectSpread(100)).isLessThan(Duration.ofSeconds(1));
    assertThat(Sessions.reconnectSpread(10_000)).isEqualTo(ClusterIntervals.RECONNECT_SPREAD);
  }

  @Test
  void theLastClientsLeaveAtOnce() {
    assertThat(Sessions.reconnectSpread(1)).isPositive();
    assertThat(Sessions.reconnectSpread(0)).isPositive();
  }
}
