package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration USUAL = Duration.ofSeconds(4);

  private final Patience patience = new Patience(3);

  @Test
  void oneSilentNodeIsLeftAfterTheUsualTime() {
    patience.silent();
    patience.lasted();
    patience.silent();
    patience.silent();

    assertThat(patience.of(USUAL)).isEqualTo(USUAL);
  }

  @Test
  void ifAllNodesAreSilentItWaitsTwiceAsLong() {
    allSilent();
    assertThat(patience.of(USUAL)).isEqualTo(Duration.ofSeconds(8));

    allSilent();
    assertThat(patience.of(USUAL)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void theWaitIsBounded() {
    for (int i = 0; i < 100; i++) allSilent();

    assertThat(patience.of(USUAL)).isEqualTo(Duration.ofSeconds(64));
  }

  @Test
  void aConnectionThatLastsShortensTheWaitAgain() {
    allSilent();
    allSilent();

    patience.lasted();

    assertThat(patience.of(USUAL)).isEqualTo(Duration.ofSeconds(8));
  }

  private void allSilent() {
    for (int node = 0; node < 3; node++) patience.silent();
  }
}
