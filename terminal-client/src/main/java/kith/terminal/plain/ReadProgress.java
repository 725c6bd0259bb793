package kith.terminal.plain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kith.protocol.rest.Inboxes.InboxRoom;

/// The position up to which the entries of each room were printed without a gap, here or on another
/// device.
///
/// A live message of a room does not mark the earlier ones as read that line mode has not printed.
final class ReadProgress {
  private final Map<String, Long> readByRoom = new HashMap<>();

  /// A new or changed row of the inbox.
  void listed(InboxRoom row) {
    if (row.unreadFrom().isPresent()) readByRoom.put(row.room(), row.unreadFrom().getAsLong() - 1);
    else readByRoom.merge(row.room(), row.read(), Math::max);
  }

  /// The user marked the room as unread from `seq` on.
  void unread(String room, long seq) {
    readByRoom.put(room, seq - 1);
  }

  /// Entries without a gap between them were printed.
  ///
  /// @return the new position; absent if it did not move
  OptionalLong printed(String room, long first, long last) {
    var read = readByRoom.get(room);
    // without the inbox, nothing is known about earlier entries
    if (read != null && (first > read + 1 || last <= read)) return OptionalLong.empty();
    readByRoom.put(room, last);
    return OptionalLong.of(last);
  }

  /// Absent if it is unknown.
  OptionalLong position(String room) {
    var read = readByRoom.get(room);
    return read == null ? OptionalLong.empty() : OptionalLong.of(read);
  }

  void forget(List<String> rooms) {
    readByRoom.keySet().removeAll(rooms);
  }
}
