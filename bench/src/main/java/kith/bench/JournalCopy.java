package kith.bench;

import java.sql.Connection;
import java.sql.SQLException;

/// Copies rows of the journal, which a node has written for one room, into other rooms.
final class JournalCopy {
  private JournalCopy() {}

  /// Inserts the rows of a query with the columns `room` and `seq`, and those of a row of the
  /// journal.
  ///
  /// @param from the room of which they are
  /// @param payload the payload of the new row
  /// @param rest where the rows come from
  static void insert(Connection connection, String from, String payload, String rest)
      throws SQLException {
    Sql.execute(
        connection,
        """
        INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer,
          write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
        SELECT replace(persistence_id, '%s', room), seq, deleted, writer, write_timestamp,
          adapter_manifest, event_ser_id, event_ser_manifest, %s
        FROM %s
        """
            .formatted(from, payload, rest));
  }
}
