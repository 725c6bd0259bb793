package kith.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import kith.node.config.ClusterConf;
import kith.node.config.NodeSettings;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  /// In a rolling upgrade a node of the release before may start again.
  @Test
  void aDatabaseThatTheNextReleaseHasMigratedIsServedToo() throws SQLException {
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

  /// The next incarnation of a room writes at the place that the last one had begun to write at.
  @Test
  void theServerEndsTheTransactionOfANodeThatFellSilent() throws SQLException {
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
  void nobodyWaitsForeverForALock() throws SQLException {
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

  private static NodeSettings.Database settings(JdbcUrl url) {
    return ClusterConf.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()))
        .database();
  }
}
