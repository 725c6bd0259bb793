package kith.bench;

import java.sql.DriverManager;
import java.sql.SQLException;

/// The limit of the database: the rate at which one connection inserts rows of the journal in
/// batches, without other load.
///
/// @param rowsPerSecond committed rows per second
record JournalLimit(int batch, double rowsPerSecond) {
  private static final int PAYLOAD_BYTES = 250;
  private static final double SECONDS = 3;
  private static final String INSERT =
      "INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,"
          + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
          + " VALUES (?, ?, false, 'bench', 0, '', 0, '', ?)";

  /// @param url JDBC URL of a database with Kith's tables
  static JournalLimit measure(String url, int batch) {
    try (var connection = DriverManager.getConnection(url + "&reWriteBatchedInserts=true");
        var insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      long began = System.nanoTime();
      long rows = 0;
      var payload = new byte[PAYLOAD_BYTES];
      while (System.nanoTime() - began < SECONDS * 1e9) {
        for (int i = 0; i < batch; i++) {
          insert.setString(1, "bench|" + batch);
          insert.setLong(2, ++rows);
          insert.setBytes(3, payload);
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
      }
      return new JournalLimit(batch, rows / ((System.nanoTime() - began) / 1e9));
    } catch (SQLException fault) {
      throw new BenchFailure("Inserting into the journal failed: " + fault.getMessage(), fault);
    }
  }
}
