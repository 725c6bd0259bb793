package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import kith.node.NodeSettings;
import kith.node.platform.config.DatabaseSettings;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  /// In a rolling upgrade, a node of the previous release may start again.
  @Test
  void aDatabaseMigratedByTheNextReleaseIsAccepted() throws SQLException {
    var url = TestPostgres.migratedDatabase();
    try (var connection = url.connect();
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE room_directory ADD COLUMN language TEXT");
      statement.execute(
          """
          INSERT INTO flyway_schema_history
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          VALUES (9999, '9999', 'next', 'SQL', 'V9999__next.sql', 1, 'kith', 1, true)
          """);
    }
    try (var database = Database.start(settings(url))) {
      assertThat(database.answers()).isTrue();
    }
  }

  /// As a server that is being replaced.
  @Test
  void thePoolDiscardsAConnectionThatBecameReadOnly() throws SQLException {
    try (var database = Database.start(settings(TestPostgres.migratedDatabase()))) {
      int readOnly;
      try (var connection = database.source().getConnection()) {
        readOnly = server(connection);
        try (var statement = connection.createStatement()) {
          statement.execute("SET default_transaction_read_only = on");
        }
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> Jdbc.change(connection, "DELETE FROM room_directory"))
            .matches(fault -> fault.getSQLState().equals("25006"));
      }

      try (var connection = database.source().getConnection()) {
        assertThat(server(connection)).isNotEqualTo(readOnly);
        assertThat(Jdbc.change(connection, "DELETE FROM room_directory")).isZero();
      }
    }
  }

  /// A burst of file pages at a checkpoint would delay the commits of messages.
  @Test
  void pagesOfFilesReachTheDiskAtOnce() throws SQLException {
    try (var database = Database.start(settings(TestPostgres.migratedDatabase()))) {
      assertThat(flushAfter(database.files())).isEqualTo("512kB");
      assertThat(flushAfter(database.source())).isEqualTo("0");
    }
  }

  private static String flushAfter(DataSource pool) throws SQLException {
    try (var connection = pool.getConnection()) {
      return Jdbc.rows(connection, "SHOW backend_flush_after", row -> row.getString(1)).getFirst();
    }
  }

  private static int server(Connection connection) throws SQLException {
    return Jdbc.rows(connection, "SELECT pg_backend_pid()", row -> row.getInt(1)).getFirst();
  }

  @Test
  void aJournalWithClassNamesGetsLogicalNames() throws Exception {
    var url = TestPostgres.freshDatabase();
    migrate(url, "6");
    try (var connection = url.connect()) {
      store(connection, 1, "kith.node.room.RoomEvent$Created", "room.created");
      store(connection, 2, "kith.node.room.RoomEvent$Posted", "room.posted");
      Jdbc.change(
          connection,
          """
          INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,
            snapshot_ser_manifest, snapshot_payload)
          VALUES ('room|old', 2, 0, 33, 'kith.node.room.RoomSnapshot', '')
          """);
    }

    try (var database = Database.start(settings(url));
        var connection = url.connect()) {
      assertThat(database.answers()).isTrue();
      assertThat(
              Jdbc.rows(
                  connection,
                  "SELECT event_ser_id, event_ser_manifest, event_payload FROM event_journal"
                      + " ORDER BY sequence_number",
                  row -> serialized(row.getInt(1), row.getString(2), row.getBytes(3))))
          .containsExactly(fixture("room.created"), fixture("room.posted"));
      assertThat(
              Jdbc.rows(
                  connection,
                  "SELECT snapshot_ser_id, snapshot_ser_manifest FROM snapshot",
                  row -> row.getInt(1) + " " + row.getString(2)))
          .containsExactly("1001 room.snapshot");
    }
  }

  @Test
  void privacyPoliciesMoveFromLastSeenToTheirOwnTables() throws Exception {
    var url = TestPostgres.freshDatabase();
    migrate(url, "7");
    try (var connection = url.connect()) {
      Jdbc.change(
          connection,
          """
          INSERT INTO last_seen (account, at, hidden_from, shown_to, receipts_to, version) VALUES
            ('ann', now(), 'eve,mallory', 'contacts', 'nobody', 3),
            ('bob', now(), '', 'everyone', 'everyone', 0),
            ('cem', null, '', 'nobody', 'everyone', 1)
          """);
    }

    try (var database = Database.start(settings(url));
        var connection = url.connect()) {
      assertThat(database.answers()).isTrue();
      assertThat(
              strings(
                  connection,
                  "SELECT concat_ws(' ', account, last_seen_to, receipts_to, typing, version)"
                      + " FROM account_privacy ORDER BY account"))
          .containsExactly("ann contacts nobody t 3", "cem nobody everyone t 1");
      assertThat(
              strings(
                  connection,
                  "SELECT account || ' ' || blocked FROM account_block ORDER BY blocked"))
          .containsExactly("ann eve", "ann mallory");
      assertThat(strings(connection, "SELECT account FROM last_seen ORDER BY account"))
          .containsExactly("ann", "bob");
    }
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    return Jdbc.rows(connection, sql, row -> row.getString(1));
  }

  private static void migrate(JdbcUrl url, String target) {
    Flyway.configure()
        .dataSource(url.url(), url.user().orElseThrow(), url.password().orElseThrow())
        .locations("classpath:db/migration")
        .target(target)
        .load()
        .migrate();
  }

  private static void store(Connection connection, int seq, String type, String fixture)
      throws Exception {
    Jdbc.change(
        connection,
        """
        INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
          event_ser_manifest, event_payload) VALUES ('room|old', ?, '', 33, ?, ?)
        """,
        seq,
        type,
        bytes(fixture));
  }

  private static byte[] bytes(String fixture) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/journal/0.1", fixture + ".cbor"));
  }

  private static String fixture(String name) throws IOException {
    return serialized(1001, name, bytes(name));
  }

  private static String serialized(int serializer, String name, byte[] bytes) {
    return serializer + " " + name + " " + HexFormat.of().formatHex(bytes);
  }

  /// The next incarnation of a room writes at the position at which the last one had begun to
  /// write.
  @Test
  void theServerEndsTheIdleTransactionOfASilentNode() throws SQLException {
    var url = TestPostgres.migratedDatabase();
    var insert =
        """
        INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
          event_ser_manifest, event_payload) VALUES ('room|one', 1, '', 0, '', '')
        """;
    try (var database = Database.start(settings(url));
        var successor = url.connect();
        var next = successor.createStatement()) {
      var silent = database.source().getConnection();
      silent.setAutoCommit(false);
      var _ = silent.createStatement().executeUpdate(insert);

      assertThat(next.executeUpdate(insert)).isEqualTo(1);
      assertThatExceptionOfType(SQLException.class).isThrownBy(silent::close);
    }
  }

  @Test
  void waitingForALockIsBounded() throws SQLException {
    var url = TestPostgres.migratedDatabase();
    try (var database = Database.start(settings(url));
        var holder = url.connect();
        var other = database.source().getConnection();
        var holds = holder.createStatement();
        var waits = other.createStatement()) {
      holder.setAutoCommit(false);
      holds.execute("LOCK TABLE read_position");

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> waits.execute("SELECT count(*) FROM read_position"))
          .satisfies(fault -> assertThat(fault.getSQLState()).isEqualTo("55P03"));
    }
  }

  private static DatabaseSettings settings(JdbcUrl url) {
    return NodeSettings.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()))
        .database();
  }
}
