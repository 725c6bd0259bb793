package kith.terminal.model;

import java.time.Instant;
import java.util.List;
import kith.protocol.frame.Entry;

/// The subject of the user's search in a room's log.
public sealed interface SearchState {

  record None() implements SearchState {}

  /// A text, whose matches are highlighted.
  ///
  /// @param pages how many more pages may be loaded
  /// @param isOffered the user was offered to search further back than the loaded entries
  record Text(String query, int pages, boolean isOffered) implements SearchState {}

  /// The first entry since a time: its `seq` is greater than `low` and at most `high`.
  record Since(Instant moment, long low, long high) implements SearchState {

    /// Narrows the range by the entry in the middle. An entry that is no longer kept counts as
    /// earlier.
    public Since after(List<Entry> page) {
      long middle = low + (high - low) / 2;
      boolean isLate = !page.isEmpty() && !page.getFirst().at().isBefore(moment);
      return isLate ? new Since(moment, low, middle) : new Since(moment, middle, high);
    }
  }

  /// An entry that is not loaded.
  record ToEntry(long seq) implements SearchState {}
}
