package kith.node.core.room;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.frame.Entry;
import org.apache.pekko.serialization.Serialization;

/// The stored entries of rooms, also those that retention has hidden. All reads use the journal's
/// primary key or its index of amendments.
final class LogRows {
  private static final String ROW =
      "SELECT sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal ";

  private final Serialization serialization;

  LogRows(Serialization serialization) {
    this.serialization = serialization;
  }

  record Row(long seq, RoomEvent event) {
    Entry entry() {
      return Entries.of(seq, event);
    }
  }

  /// The first entry that retention has left readable; 0 if it removed nothing.
  long first(Connection connection, String room) throws SQLException {
    return latestMarked(connection, room, List.of(Amendment.TRUNCATES)).stream()
        .map(row -> ((RoomEvent.Truncated) row.event()).first())
        .findFirst()
        .orElse(0L);
  }

  /// In ascending order.
  List<Row> after(Connection connection, String room, long after, int limit) throws SQLException {
    return rows(
        connection,
        "WHERE persistence_id = ? AND sequence_number > ? AND NOT deleted"
            + " ORDER BY sequence_number LIMIT ?",
        key(room),
        after,
        limit);
  }

  /// In descending order.
  List<Row> before(Connection connection, String room, long before, long first, int limit)
      throws SQLException {
    return rows(
        connection,
        "WHERE persistence_id = ? AND sequence_number < ? AND sequence_number >= ? AND NOT deleted"
            + " ORDER BY sequence_number DESC LIMIT ?",
        key(room),
        before,
        first,
        limit);
  }

  List<Row> bySeq(Connection connection, String room, Set<Long> seqs) throws SQLException {
    return rows(
        connection,
        "WHERE persistence_id = ? AND sequence_number = ANY (?) AND NOT deleted"
            + " ORDER BY sequence_number",
        key(room),
        connection.createArrayOf("bigint", seqs.toArray()));
  }

  /// In ascending order.
  List<Row> latestEdits(Connection connection, String room, long message) throws SQLException {
    return rows(
            connection,
            "WHERE persistence_id = ? AND adapter_manifest = ? AND adapter_manifest <> ''"
                + " ORDER BY sequence_number DESC LIMIT ?",
            key(room),
            Amendment.edits(message),
            Portions.VERSIONS)
        .reversed();
  }

  /// In ascending order.
  List<Row> marked(Connection connection, String room, List<String> marks) throws SQLException {
    return rows(
        connection,
        "WHERE persistence_id = ? AND adapter_manifest = ANY (?) AND adapter_manifest <> ''"
            + " ORDER BY sequence_number",
        key(room),
        connection.createArrayOf("text", marks.toArray()));
  }

  /// Only the latest row of each mark: a message edited a thousand times costs a page one row.
  List<Row> latestMarked(Connection connection, String room, List<String> marks)
      throws SQLException {
    return Jdbc.rows(
        connection,
        ROW.replace("SELECT", "SELECT DISTINCT ON (adapter_manifest)")
            + "WHERE persistence_id = ? AND adapter_manifest = ANY (?) AND adapter_manifest <> ''"
            + " ORDER BY adapter_manifest, sequence_number DESC",
        this::row,
        key(room),
        connection.createArrayOf("text", marks.toArray()));
  }

  /// @param where a condition and an order
  List<Row> rows(Connection connection, String where, Object... values) throws SQLException {
    return Jdbc.rows(connection, ROW + where, this::row, values);
  }

  private Row row(ResultSet row) throws SQLException {
    var event = serialization.deserialize(row.getBytes(2), row.getInt(3), row.getString(4)).get();
    return new Row(row.getLong(1), (RoomEvent) event);
  }

  static String key(String room) {
    return Room.persistenceId(room).id();
  }
}
