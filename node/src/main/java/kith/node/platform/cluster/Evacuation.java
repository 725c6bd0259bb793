package kith.node.platform.cluster;

import java.time.Duration;
import kith.node.platform.config.ClusterIntervals;

/// Decides whether a node that is about to leave still waits for its shards to move.
///
/// It waits while their number falls. If none moves for a while, or the move takes too long, the
/// other shards move together when the node leaves. Nothing is lost, but their rooms are silent for
/// longer.
final class Evacuation {
  private final long began;
  private int least = Integer.MAX_VALUE;
  private long lastProgress;

  Evacuation(long now) {
    this.began = now;
    this.lastProgress = now;
  }

  /// @param others the members that serve and stay
  /// @param shards those that are still on this node
  boolean isOver(int others, int shards, long now) {
    if (shards < least) {
      least = shards;
      lastProgress = now;
    }
    return others == 0
        || shards == 0
        || passed(lastProgress, now, ClusterIntervals.SHARDS_STUCK)
        || passed(began, now, ClusterIntervals.SHARDS_LEAVE);
  }

  private static boolean passed(long since, long now, Duration most) {
    return now - since > most.toNanos();
  }
}
