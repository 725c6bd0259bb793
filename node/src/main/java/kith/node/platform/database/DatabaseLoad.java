package kith.node.platform.database;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Writes a dump to an empty database, in which a marker shows that it is not complete until
/// `finish`. No node starts on a database with the marker, and the next load starts from scratch.
final class DatabaseLoad implements Dump.Sink, AutoCloseable {
  static final String MARKER = "unfinished_restore";

  private final CopyConnection connection;
  private final Map<Dump.Table, Dump.Sum> expected = new LinkedHashMap<>();
  private Dump.@Nullable Table table;
  private @Nullable CopyIn copy;

  private DatabaseLoad(CopyConnection connection) {
    this.connection = connection;
  }

  static String unfinished(JdbcUrl url) {
    return "A restore or a move to the database %s runs or was interrupted. If it was interrupted, repeat it."
        .formatted(url);
  }

  /// Fails, before it writes anything, if the database is not empty or the dump is of a newer
  /// release or another variant.
  static DatabaseLoad into(JdbcUrl url, Dump.Contents contents) {
    Database.check(url);
    var connection = CopyConnection.open(url);
    try {
      if (!connection.lock())
        throw new BackupFailure(
            "Another restore or move writes to the database %s.".formatted(url));
      boolean isRepeated = Database.isUnfinished(url);
      if (isRepeated) empty(connection);
      else refuseFull(connection);
      refuseOtherTables(url, contents);
      if (!isRepeated) mark(connection);
      prepare(connection, contents);
      return new DatabaseLoad(connection);
    } catch (RuntimeException fault) {
      connection.close();
      throw fault;
    }
  }

  private static void refuseFull(CopyConnection connection) {
    connection
        .anyRelation()
        .ifPresent(relation -> {
          throw new BackupFailure(
              "The database %s is not empty: it contains %s. Create an empty one."
                  .formatted(connection.url(), relation));
        });
  }

  /// Deletes the tables and views that an interrupted load has left, except for the marker.
  private static void empty(CopyConnection connection) {
    for (var left : connection.existing(BackupTables.all().toList()).reversed())
      connection.execute("DROP TABLE " + BackupTables.quoted(left) + " CASCADE");
  }

  private static void refuseOtherTables(JdbcUrl url, Dump.Contents contents) {
    var migrations = Migrations.of(url);
    migrations.refuseUnknown(contents.migrations(), "The backup");
    if (!migrations.upTo(contents.migrations()).equals(contents.migrations()))
      throw new BackupFailure(
          "The backup is of another variant of Kith: its tables differ. Use the release that made it (%s)."
              .formatted(contents.program()));
  }

  /// A node that starts meanwhile either finds the marker, or has made tables before it.
  private static void mark(CopyConnection connection) {
    connection.execute("CREATE TABLE " + MARKER + " (state TEXT)");
    try {
      refuseFull(connection);
    } catch (BackupFailure refused) {
      connection.execute("DROP TABLE " + MARKER);
      throw refused;
    }
  }

  private static void prepare(CopyConnection connection, Dump.Contents contents) {
    Migrations.of(connection.url()).applyUpTo(contents.migrations());
    connection.on(session -> {
      session.setAutoCommit(false);
      return true;
    });
  }

  @Override
  public void begin(Dump.Table next) {
    if (!BackupTables.KEPT.contains(next.name()))
      throw new BackupFailure("The backup contains an unknown table.");
    table = next;
    copy =
        connection.on(session -> {
          Jdbc.change(session, "DELETE FROM " + BackupTables.quoted(next.name()));
          return connection.copies().copyIn(next.copy("FROM STDIN"));
        });
  }

  @Override
  public void rows(byte[] text, int length) {
    var target = Objects.requireNonNull(copy);
    connection.on(_ -> {
      target.writeToCopy(text, 0, length);
      return true;
    });
  }

  @Override
  public void end(Dump.Sum sum) {
    var target = Objects.requireNonNull(copy);
    connection.on(_ -> target.endCopy());
    expected.put(Objects.requireNonNull(table), sum);
  }

  /// Reads all tables again and compares them with the dump, then migrates them to this release.
  @Override
  public void complete(Dump.End end) throws IOException {
    for (var one : expected.entrySet()) {
      var written = connection.read(one.getKey(), _ -> {});
      if (!written.equals(one.getValue()))
        throw new BackupFailure(
            "The table %s differs after it was written: %d rows instead of %d, or other values."
                .formatted(one.getKey().name(), written.rows(), one.getValue().rows()));
    }
    for (var sequence : end.sequences()) set(sequence);
    connection.on(session -> {
      session.commit();
      session.setAutoCommit(true);
      return true;
    });
    Migrations.of(connection.url()).apply();
    connection.execute("ANALYZE");
  }

  private void set(Dump.Sequence sequence) {
    var _ =
        connection.on(session ->
            Jdbc.rows(
                session,
                "SELECT setval(?::regclass, ?)",
                row -> row.getLong(1),
                BackupTables.quoted(sequence.name()),
                sequence.last()));
  }

  long rows() {
    return expected.values().stream().mapToLong(Dump.Sum::rows).sum();
  }

  /// Removes the marker: nodes may use the database.
  void finish() {
    connection.on(session -> {
      session.setAutoCommit(false);
      Jdbc.change(session, "DELETE FROM flyway_schema_history WHERE type = 'BASELINE'");
      Jdbc.change(session, "DROP TABLE " + MARKER);
      session.commit();
      return true;
    });
  }

  @Override
  public void close() {
    connection.close();
  }
}
