package kith.node.platform.journal;

/// Rows that were not sent to the database, for certain.
final class NotWritten extends RuntimeException {
  NotWritten() {
    this("an earlier write of the same log failed");
  }

  NotWritten(String reason) {
    super("The journal did not write: " + reason + ".");
  }
}
