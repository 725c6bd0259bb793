package kith.bench.prove;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.Entry;

/// One entry of a room's log, as somebody was given it.
///
/// @param id of a message; other entries have none
/// @param text a message's body, or what kind of entry it is
record Line(long seq, Instant at, String by, Optional<String> id, String text) {
  static Line of(Entry entry) {
    return entry instanceof Entry.Message said
        ? new Line(said.seq(), said.at(), said.by(), Optional.of(said.id()), said.body().orElse(""))
        : new Line(
            entry.seq(),
            entry.at(),
            entry.by(),
            Optional.empty(),
            entry.getClass().getSimpleName());
  }
}
