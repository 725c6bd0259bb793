package kith.node.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import kith.node.person.Patience;
import kith.node.person.TestPorts;

/// Two PostgreSQL servers: a primary `a`, and `b`, its synchronous standby. Commits of `a` wait for
/// `b`. After a promotion, `b` waits for no standby.
///
/// The programs are those that ship with Kith.
public final class StandbyPair implements AutoCloseable {
  private final PostgresBinaries binaries;
  private final String password;
  private final Server a;
  private final Server b;

  private StandbyPair(Path home) throws IOException {
    if (Files.exists(home)) PostgresBinaries.deleteTree(home);
    var files = new PostgresFiles(home.resolve("a"));
    TestPostgres.lendProgramsTo(home);
    this.binaries = PostgresBinaries.unpack(home);
    this.password = files.prepare(binaries);
    files.roles(binaries).asSuperuser(List.of("ALTER ROLE kith REPLICATION", MONITOR));
    Files.writeString(
        files.cluster().resolve("pg_hba.conf"),
        "host replication kith 127.0.0.1/32 scram-sha-256\n",
        StandardOpenOption.APPEND);
    this.a = new Server("a", home, TestPorts.free());
    this.b = new Server("b", home, TestPorts.free());
    copy(a.cluster, b.cluster);
    a.configure("synchronous_standby_names = '*'\n");
    b.configure("synchronous_standby_names = ''\n");
    a.start();
    b.follow(a);
    b.start();
  }

  // lets the tests see the waits of other backends, and end them
  private static final String MONITOR = "GRANT pg_monitor, pg_signal_backend TO kith";

  public static StandbyPair start(String name) throws IOException {
    var home = Path.of("target", "standby-" + name).toAbsolutePath();
    Files.createDirectories(home);
    return new StandbyPair(home.toRealPath());
  }

  public Server a() {
    return a;
  }

  public Server b() {
    return b;
  }

  /// The URL with both servers, `a` first.
  public JdbcUrl url() {
    return url("127.0.0.1:" + a.port + ",127.0.0.1:" + b.port);
  }

  private JdbcUrl url(String hosts) {
    return new JdbcUrl(
        "jdbc:postgresql://" + hosts + "/kith?targetServerType=primary",
        Optional.of("kith"),
        Optional.of(password));
  }

  private static void copy(Path from, Path to) throws IOException {
    DataDirectory.createPrivate(to);
    try (Stream<Path> tree = Files.walk(from)) {
      for (var path : tree.skip(1).toList())
        Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  @Override
  public void close() {
    a.kill();
    b.kill();
  }

  /// One of the two servers.
  public final class Server {
    private final Path cluster;
    private final Path log;
    private final int port;

    private Server(String name, Path home, int port) {
      this.cluster = home.resolve(name).resolve("cluster");
      this.log = home.resolve(name + ".log");
      this.port = port;
    }

    private void configure(String more) throws IOException {
      Files.writeString(
          cluster.resolve("postgresql.conf"),
          PostgresConf.text(port) + "wal_keep_size = 1GB\n" + more);
    }

    /// Makes it a standby of the other server when it starts.
    private void follow(Server primary) throws IOException {
      Files.createFile(cluster.resolve("standby.signal"));
      Files.writeString(
          cluster.resolve("postgresql.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=kith password=%s'%n"
              .formatted(primary.port, password),
          StandardOpenOption.APPEND);
    }

    /// Starts it in its former role.
    public void start() {
      run("start", "-l", log.toString());
    }

    public void stop() {
      run("stop", "-m", "fast");
    }

    public void promote() {
      run("promote");
    }

    private void run(String action, String... options) {
      var arguments =
          new ArrayList<>(List.of(action, "-w", "-s", "-t", "120", "-D", cluster.toString()));
      arguments.addAll(List.of(options));
      try {
        if (binaries.run(log, "pg_ctl", arguments) != 0)
          throw new AssertionError(action + " failed:\n" + Files.readString(log));
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }

    /// SIGKILL, if it runs.
    public void kill() {
      var file = cluster.resolve("postmaster.pid");
      try {
        if (!Files.exists(file)) return;
        var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(this::kill);
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }

    private void kill(ProcessHandle server) {
      // its processes end with it, but not at once
      var all = Stream.concat(Stream.of(server), server.children()).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      for (var one : all) one.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /// Only this server.
    public JdbcUrl url() {
      return StandbyPair.this.url("127.0.0.1:" + port);
    }

    public int port() {
      return port;
    }

    /// The only value of the only row.
    public String read(String sql) {
      try (var connection = url().connect()) {
        return Jdbc.rows(connection, sql, row -> String.valueOf(row.getString(1))).getFirst();
      } catch (SQLException fault) {
        throw new DatabaseFailure(fault);
      }
    }

    /// Waits until this query, which returns one boolean, returns true.
    public void await(String sql) {
      var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
      while (!read(sql).equals("t")) {
        if (System.nanoTime() > deadline) throw new AssertionError("never true: " + sql);
        // paces the polling; no assertion depends on the time
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }
}
