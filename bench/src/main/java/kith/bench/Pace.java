package kith.bench;

/// How fast is sent.
sealed interface Pace {
  /// So many a second over all senders, whatever the node does with them: an open loop. Latency
  /// counts from when a message was due, so a node that stalls is charged for all that waited.
  record Rate(double perSecond) implements Pace {}

  /// Each sender keeps so many waiting for their acks: a closed loop, as fast as the node goes.
  record Window(int messages) implements Pace {}

  record Silence() implements Pace {}
}
