package kith.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Copies rows of the journal, which a node has written for one room, into other rooms.
///
/// An entry does not contain its room, so a room that copies the beginning of a log has the rows
/// that a node would have written for it. Later entries have a number and an id of their own.
final class JournalCopy {
  /// From this number of a message on, CBOR writes the number in four bytes, so that another one
  /// takes its place.
  private static final int FOUR_BYTES = 1 << 16;

  /// The messages that are repeated in a room with more entries than the copied one.
  private static final int REPEATED = 4_463;

  /// Entries of a room from which its further messages can be made. Its first entry is no message.
  static final int ENOUGH = 1 + FOUR_BYTES + REPEATED;

  /// The bytes before the number of a message, and before an id with the length of a UUID.
  static final String NUMBER = "666e756d6265721a";

  static final String ID = "6269647824";

  private static final int ROWS_OF_A_STATEMENT = 100_000;

  private JournalCopy() {}

  /// A room that already has its first entry.
  record Room(String id, long entries) {}

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

  /// Fills rooms with messages of another one. Rows of several rooms alternate, as if the rooms had
  /// been used at the same time.
  ///
  /// @param entries of the copied room; at least [#ENOUGH] if a room gets more than that
  static void fill(Connection connection, String from, long entries, List<Room> rooms)
      throws SQLException {
    create(connection, from, rooms);
    var total = rooms.stream().mapToLong(Room::entries).sum();
    var statements = Math.ceilDiv(total, ROWS_OF_A_STATEMENT);
    for (var part = 0L; part < statements; part++)
      insert(connection, from, payload(entries), rows(entries, part, statements));
    Sql.execute(
        connection,
        """
        INSERT INTO projection_position (room, projection, seq)
        SELECT filled.room, projection, filled.entries
        FROM filled CROSS JOIN (
          SELECT projection FROM projection_position WHERE room = '%s') AS positions
        ON CONFLICT (room, projection) DO UPDATE SET seq = excluded.seq
        """
            .formatted(from));
  }

  private static void create(Connection connection, String from, List<Room> rooms)
      throws SQLException {
    Sql.execute(connection, "SET work_mem = '128MB'");
    Sql.execute(
        connection,
        "CREATE TEMP TABLE copied AS SELECT sequence_number AS n, journal.*, "
            + place(NUMBER)
            + " AS number_at, "
            + place(ID)
            + " AS id_at FROM event_journal AS journal WHERE persistence_id LIKE '%"
            + from
            + "' AND sequence_number > 1");
    Sql.execute(connection, "CREATE UNIQUE INDEX ON copied (n)");
    Sql.execute(connection, "CREATE TEMP TABLE filled (room TEXT, entries BIGINT)");
    try (var insert = connection.prepareStatement("INSERT INTO filled VALUES (?, ?)")) {
      for (var room : rooms) {
        insert.setString(1, room.id());
        insert.setLong(2, room.entries());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    Sql.execute(connection, "ANALYZE copied, filled");
  }

  /// The place after these bytes.
  static String place(String before) {
    return "position('\\x%s'::bytea IN event_payload) + %d".formatted(before, before.length() / 2);
  }

  /// The number of a message is one less than its place in the log, since only the first entry is
  /// no message.
  private static String payload(long entries) {
    return """
    CASE WHEN seq <= %d THEN event_payload ELSE
      overlay(overlay(event_payload PLACING int4send((seq - 1)::int) FROM number_at FOR 4)
        PLACING convert_to(gen_random_uuid()::text, 'UTF8') FROM id_at FOR 36) END
    """
        .formatted(entries);
  }

  private static String rows(long entries, long part, long parts) {
    return """
    (SELECT room, filled.entries, seq, CASE WHEN seq <= %1$d THEN seq
        ELSE %1$d - (seq - %1$d - 1) %% %2$d END AS n
      FROM filled CROSS JOIN LATERAL generate_series(
        2 + (filled.entries - 1) * %3$d / %4$d,
        1 + (filled.entries - 1) * (%3$d + 1) / %4$d) AS seq) AS places
    JOIN copied USING (n) ORDER BY seq::float8 / places.entries
    """
        .formatted(entries, REPEATED, part, parts);
  }
}
