package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.frame.Entry;

/// Searches for messages.
public final class Searches {
  private Searches() {}

  /// Messages that match, the newest first.
  ///
  /// @param before the beginning of the next page; absent if everything was searched
  /// @param searchedBackTo everything newer was searched; present with `before`
  /// @param unindexedRooms rooms of the account that the server cannot search yet; absent if none
  public record SearchPage(
      List<SearchHit> hits,
      Optional<String> before,
      Optional<Instant> searchedBackTo,
      OptionalInt unindexedRooms) {
    public SearchPage {
      hits = List.copyOf(hits);
    }
  }

  /// @param matches parts of its text, in ascending order and apart; none if only the names of
  ///   files, or conditions, matched
  public record SearchHit(String room, Entry.Message message, List<SearchMatch> matches) {
    public SearchHit {
      matches = List.copyOf(matches);
    }
  }

  /// A part of a text, in code points.
  ///
  /// @param start the first one
  /// @param end the one after the last
  public record SearchMatch(int start, int end) {}
}
