package kith.bench.prove;

import java.util.OptionalLong;

/// A broken promise, with the evidence.
///
/// @param at when the message was acknowledged or delivered, in milliseconds of the run, if known
record Violation(Kind kind, String room, OptionalLong at, String sentence) {
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
