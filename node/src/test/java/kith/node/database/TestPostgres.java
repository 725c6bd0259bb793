package kith.node.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for all tests of a JVM; each test takes a database of its own.
public final class TestPostgres {
  private static final AtomicInteger TAKEN = new AtomicInteger();

  private TestPostgres() {}

  public static JdbcUrl freshDatabase() {
    var name = "test_" + TAKEN.incrementAndGet();
    try (var connection = Shared.SERVER.superuser().connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name + " OWNER kith");
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
    return Shared.SERVER.url(name);
  }

  private static final class Shared {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      var directory = DataDirectory.hold(Path.of("target", "test-postgres"));
      var server =
          EmbeddedPostgres.start(directory.path().resolve("postgres"), OptionalInt.empty());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }
}
