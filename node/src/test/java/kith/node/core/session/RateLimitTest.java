package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long START = 1_000_000_000_000L;
  private final RateLimit limit = new RateLimit(10, 3, START);

  @Test
  void aBurstPassesAndThenTheRateApplies() {
    assertThat(take(0)).isZero();
    assertThat(take(0)).isZero();
    assertThat(take(0)).isZero();
    assertThat(take(0)).isEqualTo(100);
    assertThat(take(60)).isBetween(39L, 40L);
    assertThat(take(101)).isZero();
    assertThat(take(101)).isPositive();
  }

  @Test
  void aPauseFillsTheBurstAndNoMore() {
    for (var i = 0; i < 3; i++) assertThat(take(0)).isZero();
    for (var i = 0; i < 3; i++) assertThat(take(1_000_000)).isZero();

    assertThat(take(1_000_000)).isPositive();
  }

  @Test
  void aRefusedRequestTakesNoToken() {
    for (var i = 0; i < 3; i++) assertThat(take(0)).isZero();
    for (var i = 0; i < 50; i++) assertThat(take(1)).isPositive();

    assertThat(take(101)).isZero();
  }

  @Test
  void aRefusalReturnsAtLeastOneMillisecond() {
    for (var i = 0; i < 3; i++) assertThat(take(0)).isZero();

    assertThat(limit.take(START + TimeUnit.MILLISECONDS.toNanos(100) - 1_000)).isEqualTo(1);
  }

  private long take(long millis) {
    return limit.take(START + TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
