package kith.node.platform.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.ReplicatedCommit;

/// The statements on `event_journal`.
final class JournalTable {
  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,
        adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[],
        ?::text[], ?::int[], ?::text[], ?::bytea[])
      """;

  private static final String PAGE =
      """
      SELECT sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
        event_ser_manifest, event_payload, deleted
      FROM event_journal WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ?
      ORDER BY sequence_number LIMIT ?
      """;

  /// The row with the highest sequence number stays, hidden: the next event must not get its
  /// number.
  private static final String DELETE =
      """
      WITH highest AS (
        SELECT max(sequence_number) AS seq FROM event_journal
        WHERE persistence_id = ? AND sequence_number <= ?
      ), hidden AS (
        UPDATE event_journal SET deleted = true FROM highest
        WHERE persistence_id = ? AND sequence_number = highest.seq
      )
      DELETE FROM event_journal USING highest
      WHERE persistence_id = ? AND sequence_number < highest.seq
      """;

  private JournalTable() {}

  /// One statement: with autocommit, the rows are committed after one exchange with the server.
  static void insert(Connection connection, List<JournalRow> rows) throws SQLException {
    int size = rows.size();
    var logs = new String[size];
    var seqs = new Long[size];
    var writers = new String[size];
    var times = new Long[size];
    var manifests = new String[size];
    var serializers = new Integer[size];
    var serializerManifests = new String[size];
    var payloads = new byte[size][];
    for (int i = 0; i < size; i++) {
      var row = rows.get(i);
      logs[i] = row.persistenceId();
      seqs[i] = row.seq();
      writers[i] = row.writer();
      times[i] = row.time();
      manifests[i] = row.manifest();
      serializers[i] = row.serializer();
      serializerManifests[i] = row.serializerManifest();
      payloads[i] = row.payload();
    }
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, connection.createArrayOf("text", logs));
      insert.setArray(2, connection.createArrayOf("int8", seqs));
      insert.setArray(3, connection.createArrayOf("text", writers));
      insert.setArray(4, connection.createArrayOf("int8", times));
      insert.setArray(5, connection.createArrayOf("text", manifests));
      insert.setArray(6, connection.createArrayOf("int4", serializers));
      insert.setArray(7, connection.createArrayOf("text", serializerManifests));
      insert.setArray(8, connection.createArrayOf("bytea", payloads));
      int inserted = insert.executeUpdate();
      ReplicatedCommit.check(insert);
      if (inserted != size)
        throw new SQLException("%d of %d rows were inserted".formatted(inserted, size));
    }
  }

  /// The rows of a log in a range, in one exchange, with the hidden ones.
  static List<JournalRow> page(Connection connection, String log, long from, long to, int most)
      throws SQLException {
    return Jdbc.rows(connection, PAGE, row -> row(log, row), log, from, to, most);
  }

  private static JournalRow row(String log, ResultSet row) throws SQLException {
    return new JournalRow(
        log,
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getInt(5),
        row.getString(6),
        row.getBytes(7),
        row.getBoolean(8));
  }

  /// 0 for a log without rows.
  static long highestSeq(Connection connection, String log) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT coalesce(max(sequence_number), 0) FROM event_journal WHERE persistence_id = ?",
            row -> row.getLong(1),
            log)
        .getFirst();
  }

  static boolean hasRowsBefore(Connection connection, String log, long seq) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT EXISTS (SELECT FROM event_journal"
                + " WHERE persistence_id = ? AND sequence_number < ?)",
            row -> row.getBoolean(1),
            log,
            seq)
        .getFirst();
  }

  /// Deletes a prefix of a log.
  static void delete(Connection connection, String log, long to) throws SQLException {
    Jdbc.change(connection, DELETE, log, to, log, log);
  }
}
