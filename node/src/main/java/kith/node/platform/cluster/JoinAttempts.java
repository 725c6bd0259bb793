package kith.node.platform.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;

/// Decides when a join is restarted. Pekko repeats lost messages of a join by itself and answers
/// them in any order, but a restarted join discards the answers to the earlier attempt. If answers
/// take long, for instance because both nodes are starved, a join that is restarted often never
/// completes.
final class JoinAttempts {
  private List<String> asked = List.of();
  private long askedAt;
  private Duration pause = ClusterIntervals.JOIN_RETRY;

  /// Whether to ask these nodes now: at once if none of those asked before is a member any more,
  /// otherwise after a growing pause.
  boolean isDue(List<String> addresses, long nowNanos) {
    if (Collections.disjoint(asked, addresses)) {
      pause = ClusterIntervals.JOIN_RETRY;
    } else {
      if (nowNanos - askedAt < pause.toNanos()) return false;
      pause = Intervals.doubled(pause, ClusterIntervals.RAREST_JOIN_RETRY);
    }
    asked = List.copyOf(addresses);
    askedAt = nowNanos;
    return true;
  }
}
