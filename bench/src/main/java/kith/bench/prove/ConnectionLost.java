package kith.bench.prove;

import java.time.Duration;

/// A connection ended or could not be opened.
final class ConnectionLost extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /// @param why a short reason, the same text for the same cause
  ConnectionLost(String why) {
    this(why, Duration.ZERO);
  }

  /// @param pause how long the node asked the client to wait
  ConnectionLost(String why, Duration pause) {
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
