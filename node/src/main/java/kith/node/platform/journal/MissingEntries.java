package kith.node.platform.journal;

/// Rows are missing in a log where none may be missing. The replay fails, so that the entity does
/// not run, and no event is decided, on a state without them.
final class MissingEntries extends RuntimeException {
  /// @param from the first missing sequence number
  /// @param to the last one
  MissingEntries(String log, long from, long to) {
    super(
        "The log %s has no entries from %d to %d, but later ones; restore them from a backup."
            .formatted(log, from, to));
  }
}
