package kith.node.feature.pins;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;

/// The pinned messages of each room, according to its log.
final class PinTable {
  private final Jdbc jdbc;
  private final GroupedReads<String, List<Long>> ofRooms;

  PinTable(Jdbc jdbc) {
    this.jdbc = jdbc;
    this.ofRooms =
        GroupedReads.rows(
            jdbc,
            "SELECT room, seq FROM pinned_message WHERE room = ANY(?)",
            row -> row.getLong(2));
  }

  /// @param pin the entry that pinned the message
  record Listed(long message, long pin) {}

  /// The messages that are pinned in the room.
  CompletionStage<List<Long>> ofRoom(String room) {
    return ofRooms.of(room);
  }

  /// The pins before an entry, the newest first.
  CompletionStage<List<Listed>> list(String room, long before, int limit) {
    return jdbc.query(
        "SELECT seq, pin FROM pinned_message WHERE room = ? AND pin < ? ORDER BY pin DESC LIMIT ?",
        PinTable::listed,
        room,
        before,
        limit);
  }

  private static Listed listed(ResultSet row) throws SQLException {
    return new Listed(row.getLong(1), row.getLong(2));
  }

  static void pin(Connection connection, String room, long message, long pin) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO pinned_message (room, seq, pin) VALUES (?, ?, ?)
        ON CONFLICT (room, seq) DO UPDATE SET pin = excluded.pin
        """,
        room,
        message,
        pin);
  }

  static void unpin(Connection connection, String room, long message) throws SQLException {
    Jdbc.change(connection, "DELETE FROM pinned_message WHERE room = ? AND seq = ?", room, message);
  }

  static void unpinBefore(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(connection, "DELETE FROM pinned_message WHERE room = ? AND seq < ?", room, first);
  }

  static void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM pinned_message WHERE room = ?", room);
  }
}
