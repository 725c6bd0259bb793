package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.platform.config.ClusterConf;

/// One PostgreSQL for all tests of a JVM; each test uses its own database.
public final class TestPostgres {
  private static final AtomicInteger TAKEN = new AtomicInteger();

  private TestPostgres() {}

  public static JdbcUrl freshDatabase() {
    var name = "test_" + TAKEN.incrementAndGet();
    try (var connection = Shared.SERVER.url().connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name + " OWNER kith");
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
    return Shared.SERVER.url(name);
  }

  /// A new database with the tables of a node.
  public static JdbcUrl migratedDatabase() {
    var url = freshDatabase();
    var settings =
        ClusterConf.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()));
    Database.start(settings.database()).close();
    return url;
  }

  /// Ends the connections that hold an advisory lock, as a restart of the server would.
  public static void cutLocked(JdbcUrl url) {
    try (var connection = url.connect()) {
      Jdbc.rows(
          connection,
          """
          SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          """,
          row -> row.getBoolean(1));
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  private static final class Shared {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      var directory = DataDirectory.hold(Path.of("target", "test-postgres"));
      var server = serverWithManyDatabases(directory.path().resolve("postgres"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }

    private static EmbeddedPostgres serverWithManyDatabases(Path home) {
      var server = EmbeddedPostgres.start(home, OptionalInt.empty());
      if (mayCreateDatabases(server.url())) return server;
      server.close();
      allowDatabases(home);
      return EmbeddedPostgres.start(home, OptionalInt.empty());
    }

    private static boolean mayCreateDatabases(JdbcUrl url) {
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

    private static void allowDatabases(Path home) {
      try {
        new PostgresFiles(home)
            .roles(PostgresBinaries.unpack(home))
            .asSuperuser(List.of("ALTER ROLE kith CREATEDB"));
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }
  }
}
