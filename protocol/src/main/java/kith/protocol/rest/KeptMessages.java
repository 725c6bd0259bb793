package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;

/// Lists of messages that users keep to find them again.
public final class KeptMessages {
  private KeptMessages() {}

  /// The pinned messages of a room, the latest pin first.
  ///
  /// @param before the beginning of the next page; absent on the last one
  public record RoomPins(String room, List<Entry.Message> messages, OptionalLong before) {
    public RoomPins {
      messages = List.copyOf(messages);
    }
  }

  /// Makes a bookmark, or replaces its note.
  public record PutBookmark(Optional<String> note) {}

  /// @param message as the account may read it now; absent if the account left the room, or if the
  ///   message was redacted or is not kept
  public record Bookmark(
      String room,
      long seq,
      Instant created,
      Optional<String> note,
      Optional<Entry.Message> message) {}

  /// The bookmarks of the account, the latest first.
  ///
  /// @param before the beginning of the next page; absent on the last one
  public record Bookmarks(List<Bookmark> bookmarks, OptionalLong before) {
    public Bookmarks {
      bookmarks = List.copyOf(bookmarks);
    }
  }
}
