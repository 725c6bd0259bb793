package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;

/// The ids of all rooms in the journal, in pages.
final class RoomIds {
  private RoomIds() {}

  /// The next ids: one lookup in the journal's primary key for each.
  static List<String> after(Connection connection, String after) throws SQLException {
    var prefix = Room.persistenceId("").id();
    // the first text that does not begin with the prefix
    var end =
        prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
    return Jdbc.rows(
        connection,
        """
        WITH RECURSIVE found (id) AS (
          SELECT min(persistence_id) FROM event_journal
          WHERE persistence_id > ? AND persistence_id < ?
          UNION ALL
          SELECT (SELECT min(persistence_id) FROM event_journal
                  WHERE persistence_id > found.id AND persistence_id < ?)
          FROM found WHERE found.id IS NOT NULL)
        SELECT id FROM found WHERE id IS NOT NULL LIMIT ?
        """,
        row -> row.getString(1).substring(prefix.length()),
        prefix + after,
        end,
        end,
        Portions.EVENTS);
  }
}
