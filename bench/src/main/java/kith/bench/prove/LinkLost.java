package kith.bench.prove;

import java.time.Duration;

/// A connection ended, or was never made.
final class LinkLost extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /// @param why a few words that are the same each time it happens
  LinkLost(String why) {
    this(why, Duration.ZERO);
  }

  /// @param pause how long the node asked to stay away
  LinkLost(String why, Duration pause) {
    super(why);
    this.pause = pause;
  }

  String why() {
    return String.valueOf(getMessage());
  }

  Duration pause() {
    return pause;
  }
}
