package kith.node.platform.cluster;

import java.util.function.LongSupplier;
import kith.node.platform.config.ClusterIntervals;

/// A clock for the silence of others, which stops while this node is suspended or starved.
///
/// The observer of a silence reads the clock at short, regular intervals. If it reads much later
/// than planned, it was itself paused, and the others may have sent messages meanwhile, which it
/// has not handled yet. So an interval between two readings counts at most as
/// `ClusterIntervals.AWAKE`.
final class AwakeClock implements LongSupplier {
  /// The time awake after which lost time no longer counts, as a multiple of the lost time.
  private static final int FADING = 5;

  private final LongSupplier nanoClock;
  private long lookedAt;
  private long awake;
  private long lost;

  AwakeClock(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lookedAt = nanoClock.getAsLong();
  }

  /// Nanoseconds awake since this clock was made.
  @Override
  public synchronized long getAsLong() {
    var now = nanoClock.getAsLong();
    var elapsed = now - lookedAt;
    var counted = Math.min(elapsed, ClusterIntervals.AWAKE.toNanos());
    awake += counted;
    lost =
        Math.clamp(
            lost - counted / FADING + elapsed - counted, 0, ClusterIntervals.STARVED.toNanos());
    lookedAt = now;
    return awake;
  }

  /// The nanoseconds that this node has recently lost. The number decreases while it is awake.
  /// Other nodes on its machine probably lost as much, so they may be silent for that much longer.
  synchronized long lost() {
    return lost;
  }
}
