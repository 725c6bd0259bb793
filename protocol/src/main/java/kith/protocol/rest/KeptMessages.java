package kith.protocol.rest;

import java.util.List;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;

/// Lists of messages that somebody wants to find again.
public final class KeptMessages {
  private KeptMessages() {}

  /// The pinned messages of a room, the latest pin first.
  ///
  /// @param before where the next page begins; absent on the last one
  public record RoomPins(String room, List<Entry.Message> messages, OptionalLong before) {
    public RoomPins {
      messages = List.copyOf(messages);
    }
  }
}
