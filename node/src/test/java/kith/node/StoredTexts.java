package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import kith.node.person.Patience;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;

/// Searches all tables of a database for texts.
public final class StoredTexts {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private StoredTexts() {}

  public static void awaitNone(JdbcUrl database, List<String> texts) throws SQLException {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    try (var connection = connect(database)) {
      while (true) {
        var left = new ArrayList<String>();
        for (var text : texts) left.addAll(found(connection, text));
        if (left.isEmpty() || System.nanoTime() > deadline) {
          assertThat(left).isEmpty();
          return;
        }
        // each check reads all tables
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  /// The tables that contain a text, also as bytes.
  public static List<String> found(JdbcUrl database, String text) throws SQLException {
    try (var connection = connect(database)) {
      return found(connection, text);
    }
  }

  private static Connection connect(JdbcUrl database) throws SQLException {
    return DriverManager.getConnection(
        database.url(), database.user().orElseThrow(), database.password().orElseThrow());
  }

  private static List<String> found(Connection connection, String text) throws SQLException {
    var bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    var found = new ArrayList<String>();
    for (var table : tables(connection)) {
      var sql =
          "SELECT 1 AS hit FROM %1$s WHERE strpos(%1$s::text, ?) + strpos(%1$s::text, ?) > 0"
              .formatted(table);
      if (!Jdbc.rows(connection, sql, row -> row.getInt("hit"), text, bytes).isEmpty())
        found.add(table);
    }
    return found;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return Jdbc.rows(
        connection,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
        row -> row.getString("table_name"));
  }
}
