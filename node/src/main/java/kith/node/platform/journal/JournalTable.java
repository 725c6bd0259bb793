package kith.node.platform.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /// Reads a range of each log by the primary key; a join would read more rows than the limit.
  private static final String PAGES =
      """
      SELECT range.number, row.* FROM
        unnest(?::text[], ?::bigint[], ?::bigint[], ?::int[]) WITH ORDINALITY
          AS range (log, first, last, most, number)
        CROSS JOIN LATERAL (
          SELECT sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
            event_ser_manifest, event_payload, deleted
          FROM event_journal
          WHERE persistence_id = range.log AND sequence_number BETWEEN range.first AND range.last
          ORDER BY sequence_number LIMIT range.most
        ) AS row
      ORDER BY range.number, row.sequence_number
      """;

  /// One lookup at the end of the index for each log.
  private static final String HIGHEST_SEQS =
      """
      SELECT log, (SELECT max(sequence_number) FROM event_journal WHERE persistence_id = log)
      FROM unnest(?::text[]) AS log
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

  /// A part of a log.
  ///
  /// @param most rows
  record Range(String log, long from, long to, int most) {
    /// The number of its rows, if none is missing.
    int size() {
      return Math.clamp(to - from + 1, 0, most);
    }
  }

  /// The rows of each range, in one exchange, with the hidden ones.
  static Map<Range, List<JournalRow>> pages(Connection connection, List<Range> ranges)
      throws SQLException {
    var rows = new HashMap<Range, List<JournalRow>>();
    Jdbc.rows(
        connection,
        PAGES,
        row -> {
          var range = ranges.get(row.getInt(1) - 1);
          return rows.computeIfAbsent(range, _ -> new ArrayList<>()).add(row(range.log(), row));
        },
        array(connection, "text", ranges, Range::log),
        array(connection, "int8", ranges, Range::from),
        array(connection, "int8", ranges, Range::to),
        array(connection, "int4", ranges, Range::most));
    return rows;
  }

  private static <T> Array array(
      Connection connection, String type, List<T> values, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(value).toArray());
  }

  private static JournalRow row(String log, ResultSet row) throws SQLException {
    return new JournalRow(
        log,
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getInt(6),
        row.getString(7),
        row.getBytes(8),
        row.getBoolean(9));
  }

  /// The highest sequence number of each log; 0 for a log without rows.
  static Map<String, Long> highestSeqs(Connection connection, List<String> logs)
      throws SQLException {
    var seqs = new HashMap<String, Long>();
    Jdbc.rows(
        connection,
        HIGHEST_SEQS,
        row -> seqs.put(row.getString(1), row.getLong(2)),
        connection.createArrayOf("text", logs.toArray()));
    return seqs;
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
