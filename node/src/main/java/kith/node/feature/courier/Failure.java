package kith.node.feature.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import kith.node.feature.courier.Target.State;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Intervals;

/// The consequence of a failed delivery: the time of the next attempt, or the end of attempts.
record Failure(State state, String reason, int failures, Instant since, Optional<Instant> nextTry) {

  /// Back-off with full jitter: a random time below a limit that doubles with each failure, so that
  /// targets that failed together do not come back together.
  ///
  /// @param retryAfter the wait that the receiver asks for
  /// @param deadAfter failing for this long ends the attempts
  /// @param random from 0 to 1
  static Failure of(
      Target target,
      String reason,
      Optional<Duration> retryAfter,
      boolean isFinal,
      Duration deadAfter,
      Instant now,
      DoubleSupplier random) {
    var failures = target.failures() + 1;
    var since = target.since().orElse(now);
    if (isFinal || !now.isBefore(since.plus(deadAfter)))
      return new Failure(State.DEAD, reason, failures, now, Optional.empty());
    var wait = wait(failures, random.getAsDouble());
    // a receiver may ask for more time, but not without limit
    var asked =
        retryAfter.map(it ->
            it.compareTo(CourierIntervals.RAREST_DELIVERY) > 0
                ? CourierIntervals.RAREST_DELIVERY
                : it);
    return new Failure(
        State.ACTIVE,
        reason,
        failures,
        since,
        Optional.of(now.plus(asked.filter(it -> it.compareTo(wait) > 0).orElse(wait))));
  }

  static Failure ended(Target target, String reason, Instant now) {
    return new Failure(State.ENDED, reason, target.failures(), now, Optional.empty());
  }

  private static Duration wait(int failures, double random) {
    var limit = CourierIntervals.FIRST_DELIVERY_RETRY;
    for (var i = 1; i < failures && limit.compareTo(CourierIntervals.RAREST_DELIVERY) < 0; i++)
      limit = Intervals.doubled(limit, CourierIntervals.RAREST_DELIVERY);
    return Duration.ofMillis((long) (limit.toMillis() * random));
  }
}
