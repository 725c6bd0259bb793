package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HostBreakersTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration OPEN = Duration.ofSeconds(30);

  private final HostBreakers breakers = new HostBreakers(3, OPEN, UnaryOperator.identity());

  private void fails(int times) {
    for (var i = 0; i < times; i++) breakers.failed("slow", NOW);
  }

  @Test
  void aHostThatFailsSometimesStillGetsRequests() {
    fails(2);

    assertThat(breakers.wait("slow", NOW)).isEmpty();
    assertThat(breakers.open(NOW)).isZero();
  }

  @Test
  void onlyAHostThatFailsRepeatedlyGetsNoRequests() {
    fails(3);

    assertThat(breakers.wait("slow", NOW.plusSeconds(10))).contains(Duration.ofSeconds(20));
    assertThat(breakers.wait("other", NOW)).isEmpty();
    assertThat(breakers.open(NOW)).isEqualTo(1);
  }

  @Test
  void afterTheBreakOneRequestTriesTheHostAndTheOthersWait() {
    fails(3);
    var later = NOW.plus(OPEN);

    assertThat(breakers.wait("slow", later)).isEmpty();
    assertThat(breakers.wait("slow", later)).isPresent();
    breakers.failed("slow", later);
    assertThat(breakers.wait("slow", later.plusSeconds(29))).isPresent();
    assertThat(breakers.wait("slow", later.plus(OPEN))).isEmpty();
    breakers.answered("slow");
    assertThat(breakers.wait("slow", later.plus(OPEN))).isEmpty();
    assertThat(breakers.wait("slow", later.plus(OPEN))).isEmpty();
  }
}
