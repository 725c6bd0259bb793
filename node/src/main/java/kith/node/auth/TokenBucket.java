package kith.node.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kith.node.platform.config.Throttle;

/// Allows a burst of attempts, then one per `refill`. Stores only the time when it is full again.
public final class TokenBucket {

  private final Throttle throttle;
  private Instant fullAt = Instant.MIN;

  public TokenBucket(Throttle throttle) {
    this.throttle = throttle;
  }

  /// Takes one token, or returns how long to wait and takes none.
  public Optional<Duration> take(Instant now) {
    var latest = now.plus(throttle.refill().multipliedBy(throttle.burst()));
    // a clock that was set back would otherwise block all requests until it reaches the old time
    if (fullAt.isAfter(latest)) fullAt = latest;
    var then = (fullAt.isBefore(now) ? now : fullAt).plus(throttle.refill());
    var excess = Duration.between(latest, then);
    if (excess.isPositive()) return Optional.of(excess);
    fullAt = then;
    return Optional.empty();
  }

  /// Undoes a `take` that was granted.
  void giveBack() {
    fullAt = fullAt.minus(throttle.refill());
  }

  boolean isFull(Instant now) {
    return !fullAt.isAfter(now);
  }
}
