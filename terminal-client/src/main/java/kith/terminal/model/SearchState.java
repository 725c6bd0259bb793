package kith.terminal.model;

import java.time.Instant;
import java.util.List;
import kith.protocol.frame.Entry;

/// What somebody looks for in a room's log.
public sealed interface SearchState {

  record None() implements SearchState {}

  /// Words, which are marked wherever they are.
  ///
  /// @param pages how many more may be loaded to find them
  /// @param isAsked whether to look further back than what is at hand was offered
  record Text(String query, int pages, boolean isOffered) implements SearchState {}

  /// The first entry since a moment: later than `low`, not later than `high`.
  record Since(Instant moment, long low, long high) implements SearchState {

    /// What the entry in the middle tells; one that is no longer kept was earlier.
    public Since after(List<Entry> page) {
      long middle = low + (high - low) / 2;
      boolean isLate = !page.isEmpty() && !page.getFirst().at().isBefore(moment);
      return isLate ? new Since(moment, low, middle) : new Since(moment, middle, high);
    }
  }

  /// An entry that is not at hand.
  record ToEntry(long seq) implements SearchState {}
}
