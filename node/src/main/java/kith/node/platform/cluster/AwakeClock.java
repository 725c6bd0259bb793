package kith.node.platform.cluster;

import java.util.function.LongSupplier;
import kith.node.platform.config.Intervals;

/// A clock for the silence of others, which stands still while this node is suspended or starved.
///
/// The observer of a silence looks at the clock at short, regular intervals. If it comes much later
/// than planned, it was itself paused, and the others may have spoken meanwhile: their messages
/// wait behind its own turn. So an interval between two looks counts at most as `Intervals.AWAKE`.
final class AwakeClock implements LongSupplier {
  private final LongSupplier nanoClock;
  private long lookedAt;
  private long awake;

  AwakeClock(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lookedAt = nanoClock.getAsLong();
  }

  /// Nanoseconds awake since this clock was made.
  @Override
  public synchronized long getAsLong() {
    var now = nanoClock.getAsLong();
    awake += Math.min(now - lookedAt, Intervals.AWAKE.toNanos());
    lookedAt = now;
    return awake;
  }
}
