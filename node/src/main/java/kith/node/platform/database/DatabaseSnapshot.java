package kith.node.platform.database;

import java.io.IOException;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The data of a database at one moment. Nodes may write meanwhile; it contains all earlier commits
/// and no later ones.
final class DatabaseSnapshot implements Dump, AutoCloseable {
  private final CopyConnection connection;
  private final Contents contents;

  private DatabaseSnapshot(CopyConnection connection, Contents contents) {
    this.connection = connection;
    this.contents = contents;
  }

  /// @param program the release that reads it
  static DatabaseSnapshot of(JdbcUrl url, String program) {
    var connection = CopyConnection.open(url);
    try {
      if (Database.isUnfinished(url)) throw new BackupFailure(DatabaseLoad.unfinished(url));
      if (connection.existing(List.of("flyway_schema_history")).isEmpty())
        throw new BackupFailure("The database %s contains no tables of Kith.".formatted(url));
      Migrations.of(url).refuseUnknown(connection.migrations(), "The database " + url);
      return new DatabaseSnapshot(connection, snapshot(connection, program));
    } catch (RuntimeException fault) {
      connection.close();
      throw fault;
    }
  }

  private static Contents snapshot(CopyConnection connection, String program) {
    var made =
        connection.on(session -> {
          session.setReadOnly(true);
          session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          session.setAutoCommit(false);
          return Jdbc.rows(
                  session,
                  "SELECT clock_timestamp()",
                  row -> row.getObject(1, OffsetDateTime.class).toInstant())
              .getFirst()
              .truncatedTo(ChronoUnit.SECONDS);
        });
    return new Contents(made, program, connection.migrations());
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public void writeTo(Sink sink) throws IOException {
    var tables = connection.existing(BackupTables.KEPT);
    for (var name : tables) {
      var table = table(name);
      sink.begin(table);
      sink.end(connection.read(table, row -> sink.rows(row, row.length)));
    }
    sink.complete(new End(sequences(tables)));
  }

  private Table table(String name) {
    var columns =
        connection.on(session ->
            Jdbc.rows(
                session,
                """
                SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0
                  AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
                """,
                row -> row.getString(1),
                BackupTables.quoted(name)));
    return new Table(name, columns);
  }

  /// Sequences are not part of a snapshot. Read after it, their values are at least as high as all
  /// values in it.
  private List<Sequence> sequences(List<String> tables) {
    var found = new ArrayList<Sequence>();
    for (var table : tables)
      found.addAll(
          connection.on(session ->
              Jdbc.rows(
                  session,
                  """
                  WITH own AS MATERIALIZED (
                    SELECT s.oid, s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid
                    WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass
                      AND d.deptype IN ('a', 'i') AND d.refobjid = ?::regclass)
                  SELECT relname, pg_sequence_last_value(oid) AS last FROM own
                  WHERE pg_sequence_last_value(oid) IS NOT NULL
                  """,
                  row -> new Sequence(row.getString("relname"), row.getLong("last")),
                  BackupTables.quoted(table))));
    return found;
  }

  /// Whether another program is connected to the database.
  boolean hasOthers() {
    // a transaction caches the list of connections at its first read
    connection.execute("SELECT pg_stat_clear_snapshot()");
    return connection.on(session ->
        Jdbc.rows(
                session,
                """
                SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                  AND pid <> pg_backend_pid() AND backend_type = 'client backend')
                """,
                row -> row.getBoolean(1))
            .getFirst());
  }

  @Override
  public void close() {
    connection.close();
  }
}
