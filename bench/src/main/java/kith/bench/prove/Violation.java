package kith.bench.prove;

/// A broken promise, with the evidence.
record Violation(Kind kind, String room, String sentence) {
  enum Kind {
    /// An acknowledged message, or an entry before one that was delivered, is missing.
    LOST,
    /// A message or an entry exists twice.
    DOUBLED,
    /// The order of messages or entries changed.
    DISORDERED,
    /// An ack, a delivery or a node's log differs from the log.
    CONTRADICTED,
    /// A reader had not received the end of the log when the run ended.
    BEHIND
  }
}
