package kith.node.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import kith.node.config.ClusterConf;
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
    var settings =
        ClusterConf.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()));

    try (var database = Database.start(settings.database())) {
      assertThat(database.answers()).isTrue();
    }
  }
}
