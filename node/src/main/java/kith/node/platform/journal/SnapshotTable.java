package kith.node.platform.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.platform.database.Jdbc;

/// The statements on `snapshot`.
final class SnapshotTable {
  /// @param log the room, account or other entity whose state it is
  /// @param time when it was stored, in milliseconds since 1970
  record Row(
      String log, long seq, long time, int serializer, String serializerManifest, byte[] payload) {}

  private static final String COLUMNS =
      "sequence_number, created, snapshot_ser_id, snapshot_ser_manifest, snapshot_payload";

  /// The end of the primary key, for each log.
  private static final String LATEST =
      """
      SELECT log, latest.* FROM unnest(?::text[]) AS log
      CROSS JOIN LATERAL (
        SELECT %s FROM snapshot WHERE persistence_id = log ORDER BY sequence_number DESC LIMIT 1
      ) AS latest
      """
          .formatted(COLUMNS);

  private static final String LATEST_UNTIL =
      """
      SELECT persistence_id, %s FROM snapshot
      WHERE persistence_id = ? AND sequence_number <= ? AND created <= ?
      ORDER BY sequence_number DESC LIMIT 1
      """
          .formatted(COLUMNS);

  private static final String STORE =
      """
      INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,
        snapshot_ser_manifest, snapshot_payload)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET created = excluded.created,
        snapshot_ser_id = excluded.snapshot_ser_id,
        snapshot_ser_manifest = excluded.snapshot_ser_manifest,
        snapshot_payload = excluded.snapshot_payload
      """;

  private SnapshotTable() {}

  /// The latest snapshot of each log that has one.
  static Map<String, Optional<Row>> latest(Connection connection, List<String> logs)
      throws SQLException {
    var found = new HashMap<String, Optional<Row>>();
    for (var row :
        Jdbc.rows(
            connection,
            LATEST,
            SnapshotTable::row,
            connection.createArrayOf("text", logs.toArray())))
      found.put(row.log(), Optional.of(row));
    return found;
  }

  /// The latest snapshot up to a sequence number and a time.
  static Optional<Row> latestUntil(Connection connection, String log, long seq, long time)
      throws SQLException {
    return Jdbc.rows(connection, LATEST_UNTIL, SnapshotTable::row, log, seq, time).stream()
        .findFirst();
  }

  static void store(Connection connection, Row row) throws SQLException {
    Jdbc.change(
        connection,
        STORE,
        row.log(),
        row.seq(),
        row.time(),
        row.serializer(),
        row.serializerManifest(),
        row.payload());
  }

  static void delete(Connection connection, String log, long seq) throws SQLException {
    Jdbc.change(
        connection,
        "DELETE FROM snapshot WHERE persistence_id = ? AND sequence_number = ?",
        log,
        seq);
  }

  /// Deletes the snapshots up to a sequence number and a time.
  static void deleteUntil(Connection connection, String log, long seq, long time)
      throws SQLException {
    Jdbc.change(
        connection,
        "DELETE FROM snapshot WHERE persistence_id = ? AND sequence_number <= ? AND created <= ?",
        log,
        seq,
        time);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        row.getString(5),
        row.getBytes(6));
  }
}
