package kith.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.gateway.http.LocalSocket;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;

/// A whole node on free ports, with a database of its own on the tests' PostgreSQL.
public final class TestNode implements AutoCloseable {
  private final NodeSettings settings;
  private final JdbcUrl database;
  private Node node;

  private TestNode(NodeSettings settings, JdbcUrl database) {
    this.settings = settings;
    this.database = database;
    this.node = Node.start(settings);
  }

  public static TestNode start() {
    return start(Map.of());
  }

  /// Starts a node with some settings changed, by path: `kith.rooms.members`.
  public static TestNode start(Map<String, String> changed) {
    return start(TestPostgres.migratedDatabase(), changed);
  }

  /// Starts a node on a database that may have no tables yet.
  public static TestNode on(JdbcUrl database) {
    return start(database, Map.of());
  }

  private static TestNode start(JdbcUrl database, Map<String, String> changed) {
    var flags = new HashMap<String, String>();
    flags.put("kith.http.port", "0");
    // a cheap hash: these tests do not test the hashing of passwords
    flags.put("kith.accounts.bcrypt-cost", "4");
    // all users of a test sign up from one address
    flags.put("kith.accounts.throttle.per-address.burst", "10000");
    flags.put("kith.accounts.sign-up.total.burst", "10000");
    // most users of a test share no room
    flags.put("kith.conversations.from", "everyone");
    flags.put("kith.database.url", database.url());
    flags.put("kith.database.user", database.user().orElseThrow());
    flags.put("kith.database.password", database.password().orElseThrow());
    flags.put("kith.administration.sockets", sockets().toString());
    flags.putAll(changed);
    return new TestNode(NodeSettings.read(Optional.empty(), flags), database);
  }

  /// Starts another node on the same database.
  public TestNode another() {
    return new TestNode(settings, database);
  }

  /// A short path: that of a socket has a limit.
  private static Path sockets() {
    try {
      return Files.createTempDirectory("kith").resolve("admin");
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The Unix domain socket of its administration.
  public Path adminSocket() {
    return LocalSocket.file(settings.administration().sockets(), node.port());
  }

  /// Starts another node on the same database, with the default settings but for these.
  public TestNode another(Map<String, String> changed) {
    return start(database, changed);
  }

  /// Starts another node on the same database, which it reaches in another way.
  public TestNode another(JdbcUrl way) {
    var given = settings.database();
    var database =
        new DatabaseSettings(
            Optional.of(way.url()),
            Optional.empty(),
            given.user(),
            given.password(),
            given.data(),
            given.embeddedPort(),
            given.connections(),
            given.fileConnections(),
            given.searchConnections(),
            given.waitingLogWrites(),
            given.waitingLogBytes(),
            given.waitingWrites());
    return new TestNode(settings.on(database), way);
  }

  /// Whether its process would have ended.
  public boolean hasEnded() {
    return node.whenEnded().toCompletableFuture().isDone();
  }

  public int port() {
    return node.port();
  }

  public URI uri(String path) {
    return URI.create(node.url() + path);
  }

  public NodeSettings settings() {
    return settings;
  }

  public JdbcUrl database() {
    return database;
  }

  /// Stops the node and starts another on the same database; its port may be a different one.
  public void restart() {
    node.stop();
    node = Node.start(settings);
  }

  @Override
  public void close() {
    node.stop();
  }
}
