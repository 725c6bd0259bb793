package kith.node.core.session;

import java.util.concurrent.TimeUnit;

/// A token bucket (`burst` at once, then `perSecond`), which sessions of one account may share.
public final class RateLimit {
  private final double perNano;
  private final double burst;
  private double tokens;
  private long lastNanos;

  public RateLimit(int perSecond, int burst, long nowNanos) {
    this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
    this.burst = burst;
    this.tokens = burst;
    this.lastNanos = nowNanos;
  }

  /// Takes a token and returns 0, or returns the milliseconds until there is one.
  public synchronized long take(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
    lastNanos = nowNanos;
    if (tokens >= 1) {
      tokens -= 1;
      return 0;
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis((long) ((1 - tokens) / perNano)));
  }
}
