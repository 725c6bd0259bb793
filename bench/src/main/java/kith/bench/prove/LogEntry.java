package kith.bench.prove;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.Entry;

/// An entry of a room's log, as a client received it.
///
/// @param id the id of a message; absent for other entries
/// @param text the body of a message, or the type of another entry
record LogEntry(long seq, Instant at, String by, Optional<String> id, String text) {
  static LogEntry of(Entry entry) {
    return entry instanceof Entry.Message said
        ? new LogEntry(
            said.seq(), said.at(), said.by(), Optional.of(said.id()), said.body().orElse(""))
        : new LogEntry(
            entry.seq(),
            entry.at(),
            entry.by(),
            Optional.empty(),
            entry.getClass().getSimpleName());
  }
}
