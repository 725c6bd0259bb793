package kith.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// The PostgreSQL that all contenders use, each with its own database. It has default settings, and
/// all durability settings are on.
final class BenchDatabase implements AutoCloseable {
  static final String USER = "postgres";
  private static final Duration STARTING = Duration.ofMinutes(2);

  private final Path directory;
  private final Optional<String> cores;
  private EmbeddedPostgres server;

  private BenchDatabase(Path directory, Optional<String> cores) throws IOException {
    this.directory = directory;
    this.cores = cores;
    this.server = builder(directory).start();
  }

  static BenchDatabase start(Optional<String> cores) throws IOException {
    var database = new BenchDatabase(Workspace.directory("postgres-"), cores);
    database.pin();
    return database;
  }

  private static EmbeddedPostgres.Builder builder(Path directory) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("data"))
        .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
        .setCleanDataDirectory(false)
        .setPGStartupWait(STARTING)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "200");
  }

  private void pin() {
    cores.ifPresent(some -> Pinning.pin(postmaster().orElseThrow(), some));
  }

  /// Stops the server and starts it on the same port, with nothing in its shared memory.
  void restart() throws IOException {
    var port = port();
    try (var connection = connect("postgres")) {
      // or stopping takes longer than the server is given for it
      Sql.execute(connection, "CHECKPOINT");
    } catch (SQLException fault) {
      throw new BenchFailure("The database failed: " + fault.getMessage(), fault);
    }
    server.close();
    server = builder(directory).setPort(port).start();
    pin();
  }

  int port() {
    return server.getPort();
  }

  /// Creates an empty database with this name and returns its JDBC URL.
  String fresh(String name) {
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException fault) {
      throw new BenchFailure("The database could not be created: " + fault.getMessage(), fault);
    }
    return url(name);
  }

  String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name + "?user=" + USER;
  }

  Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name));
  }

  private Optional<Long> postmaster() {
    try {
      var file = directory.resolve("data/postmaster.pid");
      return Files.readAllLines(file).stream().findFirst().map(Long::valueOf);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  Optional<Processes.Usage> usage() {
    return postmaster().flatMap(Processes::tree);
  }

  /// Runs the SQL of a file in a database.
  void run(String name, Path file) throws IOException {
    try (var connection = connect(name);
        var statement = connection.createStatement()) {
      statement.execute(Files.readString(file));
    } catch (SQLException fault) {
      throw new BenchFailure(file + " could not be run: " + fault.getMessage(), fault);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Workspace.delete(directory);
  }
}
