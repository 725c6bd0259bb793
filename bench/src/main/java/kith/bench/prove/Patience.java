package kith.bench.prove;

import java.time.Duration;

/// The factor by which a client waits longer than usual for nodes.
///
/// A client leaves a silent node after few seconds, because another one answers. If all of them are
/// silent, a starved machine is as likely as their death: the client then waits twice as long, and
/// twice again, so that slow answers arrive at last. Used by the client's thread.
final class Patience {
  private static final int MOST_DOUBLINGS = 4;

  private final int nodes;
  private int doublings;
  private int silentInARow;

  /// @param nodes number of nodes that must have been silent in a row
  Patience(int nodes) {
    this.nodes = nodes;
  }

  Duration of(Duration usual) {
    return usual.multipliedBy(1L << doublings);
  }

  void silent() {
    silentInARow++;
    if (silentInARow < nodes) return;
    silentInARow = 0;
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
  }

  /// A connection has lasted: the node is fast enough.
  void lasted() {
    silentInARow = 0;
    doublings = Math.max(doublings - 1, 0);
  }
}
