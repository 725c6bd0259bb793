package kith.bench.prove;

/// A promise that was broken, with the evidence.
record Fault(Kind kind, String room, String sentence) {
  enum Kind {
    /// An acknowledged message, or an entry below one that somebody has, is missing.
    LOST,
    /// A message or an entry is there twice.
    DOUBLED,
    /// What came first comes later.
    DISORDERED,
    /// An ack, a reader or a node says something else than the log.
    CONTRADICTED,
    /// The end of the log had not come to a reader when the run was over.
    BEHIND
  }
}
