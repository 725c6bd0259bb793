package kith.node.platform.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A connection that copies whole tables: without time limits, and with one form of text for a
/// value on all servers.
final class CopyConnection implements AutoCloseable {
  // the class of all our advisory locks, and an id that no node has
  private static final int LOCK_CLASS = 0x6b697468;
  private static final int LOCK = -1;

  private final JdbcUrl url;
  private final Connection connection;

  private CopyConnection(JdbcUrl url, Connection connection) {
    this.url = url;
    this.connection = connection;
  }

  static CopyConnection open(JdbcUrl url) {
    try {
      var connection = url.connectUnhurried();
      try (var statement = connection.createStatement()) {
        statement.execute(
            "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex';"
                + " SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '60s'");
      }
      return new CopyConnection(url, connection);
    } catch (SQLException fault) {
      throw failure(url, fault);
    }
  }

  /// The message of a failure for an operator, without the driver's message, which may contain a
  /// row.
  static RuntimeException failure(JdbcUrl url, SQLException fault) {
    return Database.failure(url, fault);
  }

  JdbcUrl url() {
    return url;
  }

  <T> T on(Jdbc.Work<T> work) {
    try {
      return work.on(connection);
    } catch (SQLException fault) {
      throw failure(url, fault);
    }
  }

  void execute(String sql) {
    var _ =
        on(connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  CopyManager copies() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /// Counts the rows of a table and hands them over one by one.
  Dump.Sum read(Dump.Table table, RowReader reader) throws IOException {
    try {
      var sum = new RowSum();
      var copy = copies().copyOut(table.copy("TO STDOUT"));
      // the server sends each row in a message of its own
      for (var row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        sum.add(row);
        reader.row(row);
      }
      return sum.sum();
    } catch (SQLException fault) {
      throw failure(url, fault);
    }
  }

  interface RowReader {
    void row(byte[] text) throws IOException;
  }

  /// False if another restore or move writes to this database.
  boolean lock() {
    return on(connection ->
        Jdbc.rows(
                connection,
                "SELECT pg_try_advisory_lock(?, ?)",
                row -> row.getBoolean(1),
                LOCK_CLASS,
                LOCK)
            .getFirst());
  }

  /// The tables of the current schema among these.
  List<String> existing(List<String> tables) {
    return on(connection ->
            Jdbc.rows(
                connection,
                """
                SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
                  AND relnamespace = current_schema()::text::regnamespace
                """,
                row -> row.getString(1)))
        .stream()
        .filter(tables::contains)
        .sorted((one, other) -> tables.indexOf(one) - tables.indexOf(other))
        .toList();
  }

  /// A relation of the current schema other than the marker, if there is any.
  Optional<String> anyRelation() {
    return on(connection ->
            Jdbc.rows(
                connection,
                """
                SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
                  AND relnamespace = current_schema()::text::regnamespace AND relname <> ?
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                ORDER BY relname LIMIT 1
                """,
                row -> row.getString(1),
                DatabaseLoad.MARKER))
        .stream()
        .findFirst();
  }

  /// The migrations that were applied, in their order.
  List<Dump.Migration> migrations() {
    return on(connection ->
        Jdbc.rows(
            connection,
            """
            SELECT version, checksum FROM flyway_schema_history
            WHERE success AND type = 'SQL' AND version IS NOT NULL ORDER BY installed_rank
            """,
            row -> new Dump.Migration(row.getString(1), row.getInt(2))));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // the server notices a broken connection
    }
  }
}
