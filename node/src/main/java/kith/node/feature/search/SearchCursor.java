package kith.node.feature.search;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import kith.node.core.room.Rooms;

/// A place in the order of all results: everything newer was searched. The room is empty if it is
/// the beginning of an instant.
record SearchCursor(Instant at, String room, long seq) {
  private static final long MICROS = 1_000_000;

  static SearchCursor before(Instant at) {
    return new SearchCursor(at, "", 0);
  }

  /// Opaque to clients.
  String text() {
    var micros = at.getEpochSecond() * MICROS + at.getNano() / 1_000;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + " " + seq + " " + room).getBytes(StandardCharsets.US_ASCII));
  }

  /// Empty if the text is not a cursor.
  static Optional<SearchCursor> of(String text) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 3);
      if (parts.length < 3 || !(parts[2].isEmpty() || Rooms.isId(parts[2])))
        return Optional.empty();
      var micros = Long.parseLong(parts[0]);
      var seq = Long.parseLong(parts[1]);
      var at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
      return at.isBefore(SearchIndex.FIRST) || at.isAfter(SearchIndex.LAST) || seq < 0
          ? Optional.empty()
          : Optional.of(new SearchCursor(at, parts[2], seq));
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }
}
