package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.feature.courier.Target.State;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Intervals;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static Target target() {
    return Target.create(
        "t",
        "webhook",
        "ann",
        "r",
        URI.create("https://example.org/"),
        List.of("message"),
        new Wrapped(Optional.empty(), new byte[32]),
        NOW,
        0);
  }

  private static Failure failed(Target target, double random) {
    return Failure.of(target, "why", Optional.empty(), false, DAY, NOW, () -> random);
  }

  @Test
  void theLongestWaitDoublesWithEachFailureUpToABound() {
    var target = target();
    var longest = CourierIntervals.FIRST_DELIVERY_RETRY;

    for (var i = 0; i < 30; i++) {
      var failure = failed(target, 1);
      assertThat(failure.nextTry()).contains(NOW.plus(longest));
      longest = Intervals.doubled(longest, CourierIntervals.RAREST_DELIVERY);
      target = target.with(failure);
    }

    assertThat(longest).isEqualTo(CourierIntervals.RAREST_DELIVERY);
    assertThat(target.failures()).isEqualTo(30);
  }

  @Test
  void theJitterIsFull() {
    assertThat(failed(target(), 0).nextTry()).contains(NOW);
    assertThat(failed(target(), 0.5).nextTry())
        .contains(NOW.plus(CourierIntervals.FIRST_DELIVERY_RETRY.dividedBy(2)));
  }

  @Test
  void aReceiverMayAskForMoreTimeUpToABound() {
    var soon =
        Failure.of(
            target(), "why", Optional.of(Duration.ofSeconds(90)), false, DAY, NOW, () -> 0.5);
    var never =
        Failure.of(target(), "why", Optional.of(Duration.ofDays(9)), false, DAY, NOW, () -> 0.5);

    assertThat(soon.nextTry()).contains(NOW.plusSeconds(90));
    assertThat(never.nextTry()).contains(NOW.plus(CourierIntervals.RAREST_DELIVERY));
  }

  @Test
  void aTargetThatFailedForTooLongIsGivenUp() {
    var failing = target().with(failed(target(), 0.5));

    var later =
        Failure.of(
            failing, "why", Optional.empty(), false, DAY, NOW.plus(DAY).minusMillis(1), () -> 0.5);
    var tooLate =
        Failure.of(failing, "why", Optional.empty(), false, DAY, NOW.plus(DAY), () -> 0.5);

    assertThat(later.state()).isEqualTo(State.ACTIVE);
    assertThat(later.since()).isEqualTo(NOW);
    assertThat(tooLate.state()).isEqualTo(State.DEAD);
    assertThat(tooLate.nextTry()).isEmpty();
  }

  @Test
  void aFinalFailureEndsTheAttemptsAtOnce() {
    var failure = Failure.of(target(), "gone", Optional.empty(), true, DAY, NOW, () -> 0.5);

    assertThat(failure.state()).isEqualTo(State.DEAD);
    assertThat(failure.reason()).isEqualTo("gone");
  }

  @Test
  void aDeliveryEndsTheSeries() {
    var failing = target().with(failed(target(), 0.5));

    assertThat(failing.deliveredAt(7, NOW).failures()).isZero();
    assertThat(failing.deliveredAt(7, NOW).since()).isEmpty();
    assertThat(failing.deliveredAt(7, NOW).position()).isEqualTo(7);
  }
}
