package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionLostTest {
  @Test
  void aGoodbyeToAnExpiredTokenAsksForANewOne() {
    assertThat(ConnectionLost.byGoodbye("unauthenticated", Duration.ZERO).needsToken()).isTrue();
    assertThat(ConnectionLost.byGoodbye("going-away", Duration.ZERO).needsToken()).isFalse();
    assertThat(new ConnectionLost("closed with 1006").needsToken()).isFalse();
  }
}
