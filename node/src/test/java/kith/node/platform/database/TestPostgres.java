package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.NodeSettings;

/// One PostgreSQL for all tests of a JVM; each test uses its own database.
///
/// It does not wait for the disk: no test stops it, and a crash of the machine ends the tests too.
public final class TestPostgres {
  private static final AtomicInteger TAKEN = new AtomicInteger();

  private TestPostgres() {}

  /// A new database without tables.
  public static JdbcUrl freshDatabase() {
    return create("test_" + TAKEN.incrementAndGet(), "template1");
  }

  /// A new database with the tables of a node.
  public static JdbcUrl migratedDatabase() {
    return create("test_" + TAKEN.incrementAndGet(), Migrated.NAME);
  }

  /// A new database to which a restore or a move is not complete.
  public static JdbcUrl unfinishedDatabase() {
    var url = freshDatabase();
    markUnfinished(url);
    return url;
  }

  static void markUnfinished(JdbcUrl url) {
    try (var connection = url.connect()) {
      Jdbc.change(connection, "CREATE TABLE " + DatabaseLoad.MARKER + " (state TEXT)");
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  /// Gives a new data directory the programs of the tests' PostgreSQL: unpacking them again takes
  /// seconds.
  public static void lendPrograms(Path data) throws IOException {
    DataDirectory.createPrivate(data);
    lendProgramsTo(data.resolve("postgres"));
  }

  /// @param home the directory for all files of one server
  static void lendProgramsTo(Path home) throws IOException {
    DataDirectory.createPrivate(home);
    var shared = Shared.SERVER.urlFile().resolveSibling(".").normalize();
    try (var programs = Files.newDirectoryStream(shared, "binaries-*")) {
      for (var each : programs)
        Files.createSymbolicLink(home.resolve(each.getFileName()), each.toRealPath());
    }
  }

  private static JdbcUrl create(String name, String template) {
    try (var connection = Shared.SERVER.url().connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("CREATE DATABASE " + name + " OWNER kith TEMPLATE " + template);
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
    return Shared.SERVER.url(name);
  }

  private static void migrate(JdbcUrl url) throws SQLException {
    var settings =
        NodeSettings.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()));
    Database.start(settings.database()).close();
    // each database gets secrets of its own
    try (var connection = url.connect()) {
      Jdbc.change(connection, "TRUNCATE node_secret, cluster_authority");
    }
  }

  /// Ends the connections that hold an advisory lock, as a restart of the server would.
  public static void cutLocked(JdbcUrl url) {
    cutLocks(url, "objid <> 0");
  }

  /// Cuts the connection that holds the advisory lock with this number.
  public static void cutLocked(JdbcUrl url, int id) {
    cutLocks(url, "objid = " + id);
  }

  private static void cutLocks(JdbcUrl url, String which) {
    try (var connection = url.connect()) {
      Jdbc.rows(
          connection,
          """
          SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND %s
          """
              .formatted(which),
          row -> row.getBoolean(1));
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  /// The database that `migratedDatabase` copies: migrating each one takes longer than its test.
  private static final class Migrated {
    private static final String NAME = create();

    private static String create() {
      var name = "migrated";
      try {
        migrate(TestPostgres.create(name, "template1"));
        return name;
      } catch (SQLException fault) {
        throw new AssertionError(fault);
      }
    }
  }

  private static final class Shared {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      var directory = DataDirectory.hold(Path.of("target", "test-postgres"));
      var server = preparedServer(directory.path().resolve("postgres"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }

    private static EmbeddedPostgres preparedServer(Path home) {
      var server = EmbeddedPostgres.start(home, OptionalInt.empty());
      if (isPrepared(server.url())) return server;
      server.close();
      prepare(home);
      return EmbeddedPostgres.start(home, OptionalInt.empty());
    }

    private static boolean isPrepared(JdbcUrl url) {
      try (var connection = url.connect()) {
        return Jdbc.rows(
                connection,
                "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user",
                row -> row.getBoolean(1))
            .getFirst();
      } catch (SQLException fault) {
        throw new AssertionError(fault);
      }
    }

    /// Lets tests create databases, and the server not wait for the disk.
    private static void prepare(Path home) {
      try {
        new PostgresFiles(home)
            .roles(PostgresBinaries.unpack(home))
            .asSuperuser(
                List.of(
                    "ALTER SYSTEM SET fsync = off",
                    "ALTER SYSTEM SET synchronous_commit = off",
                    "ALTER SYSTEM SET full_page_writes = off",
                    "ALTER ROLE kith CREATEDB"));
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }
  }
}
