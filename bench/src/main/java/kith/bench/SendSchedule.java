package kith.bench;

/// The times at which clients send messages.
sealed interface SendSchedule {
  /// A fixed number of messages per second over all senders, independent of answers: an open loop.
  /// Latency counts from when a message was due, so the delay of a stall counts for every message
  /// that waited.
  record Rate(double perSecond) implements SendSchedule {}

  /// Each sender keeps this number of messages unacknowledged: a closed loop at the node's own
  /// rate.
  record Window(int messages) implements SendSchedule {}

  /// Sends nothing.
  record None() implements SendSchedule {}
}
