package kith.node.platform.journal;

/// Rows that were certainly not sent to the database.
final class NotWritten extends RuntimeException {
  NotWritten() {
    this("an earlier write of the same log failed");
  }

  NotWritten(String reason) {
    super("The journal did not write: " + reason + ".");
  }
}
