package kith.node.database;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kith.node.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that the node runs for itself: on the loopback interface, behind a random
/// password, with everything durable, and started again whenever it dies.
///
/// The server outlives a killed node; the next start on the same directory adopts it.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int FIRST_START_ATTEMPTS = 8;

  private final Path home;
  private final Path cluster;
  private final Path serverLog;
  private final PostgresBinaries binaries;
  private final String password;
  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread supervisor;

  private EmbeddedPostgres(Path home, PostgresBinaries binaries, OptionalInt wanted)
      throws IOException {
    this.home = home;
    this.cluster = home.resolve("cluster");
    this.serverLog = home.resolve("server.log");
    this.binaries = binaries;
    this.password = password();
    if (!Files.isDirectory(cluster)) create();
    this.port = port(wanted);
    this.supervisor =
        Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
  }

  /// Starts the server, or adopts the one that a killed node left running.
  ///
  /// @param directory where everything of the server is kept
  /// @param port a fixed one; otherwise a free one is taken and remembered
  static EmbeddedPostgres start(Path directory, OptionalInt port) {
    try {
      DataDirectory.createPrivate(directory);
      var server = new EmbeddedPostgres(directory, PostgresBinaries.unpack(directory), port);
      server.firstStart();
      server.supervisor.start();
      return server;
    } catch (IOException fault) {
      throw new StartFailure(
          "The node's own PostgreSQL in %s cannot be started: %s."
              .formatted(directory, DataDirectory.reason(fault)),
          fault);
    }
  }

  public JdbcUrl url() {
    return url("kith");
  }

  JdbcUrl url(String database) {
    return JdbcUrl.loopback(port, database, "kith", password);
  }

  /// A log-in that may do everything on the server.
  JdbcUrl superuser() {
    return JdbcUrl.loopback(port, "postgres", "postgres", password);
  }

  /// The server's first process, while it runs.
  Optional<ProcessHandle> process() {
    try {
      var pid =
          Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().trim());
      return ProcessHandle.of(pid).filter(this::isThisServer);
    } catch (IOException | RuntimeException notRunning) {
      return Optional.empty();
    }
  }

  // A number can have gone to another process, and a dead process can wait for its parent; neither
  // shows this command line.
  private boolean isThisServer(ProcessHandle process) {
    var info = process.info();
    return process.isAlive()
        && info.commandLine()
            .map(line -> line.contains(cluster.toString()))
            .orElse(info.command().isPresent() && info.arguments().isEmpty());
  }

  private String password() throws IOException {
    var file = home.resolve("password");
    if (Files.exists(file)) return Files.readString(file).trim();
    if (Files.exists(cluster)) {
      throw new StartFailure(
          "The file " + file + " is missing; without it the data cannot be opened.");
    }
    var random = new byte[24];
    new SecureRandom().nextBytes(random);
    var made = HexFormat.of().formatHex(random);
    DataDirectory.writePrivate(file, made);
    return made;
  }

  private void create() throws IOException {
    var unfinished = home.resolve("cluster.new");
    if (Files.exists(unfinished)) PostgresBinaries.deleteTree(unfinished);
    var arguments =
        List.of(
            "--pgdata=" + unfinished,
            "--username=postgres",
            "--pwfile=" + home.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    if (binaries.run(serverLog, "initdb", arguments) != 0) {
      throw new IOException(lastComplaint());
    }
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private int port(OptionalInt wanted) throws IOException {
    var adopted = process().isPresent() ? portOfRunning() : OptionalInt.empty();
    if (adopted.isPresent() && (wanted.isEmpty() || wanted.equals(adopted))) {
      return adopted.getAsInt();
    }
    if (adopted.isPresent()) stop();
    if (wanted.isPresent()) return wanted.getAsInt();
    var remembered = home.resolve("port");
    if (Files.exists(remembered)) {
      int port = Integer.parseInt(Files.readString(remembered).trim());
      if (isFree(port)) return port;
    }
    try (var free = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      DataDirectory.writePrivate(remembered, Integer.toString(free.getLocalPort()));
      return free.getLocalPort();
    }
  }

  private OptionalInt portOfRunning() throws IOException {
    var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
    return lines.size() < 4
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(lines.get(3).trim()));
  }

  private static boolean isFree(int port) throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (var _ = new ServerSocket(port, 1, loopback)) {
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  private void firstStart() throws IOException {
    for (int attempt = 1; !isUp(); attempt++) {
      if (attempt > FIRST_START_ATTEMPTS) {
        throw new IOException(lastComplaint());
      }
      // processes of a killed server may hold its memory for a moment longer
      if (!startOnce()) pause(Duration.ofMillis(500));
    }
  }

  private void supervise() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (process().isEmpty()) restart();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() throws InterruptedException {
    log.warn("postgres=died action=restart port={}", port);
    var pause = LOOK;
    while (!closed.await(0, TimeUnit.MILLISECONDS)) {
      try {
        if (startOnce()) {
          log.info("postgres=restarted port={}", port);
          return;
        }
        log.warn("postgres=down reason=\"{}\" next-attempt={}", lastComplaint(), pause);
      } catch (IOException fault) {
        log.warn("postgres=down reason=\"{}\" next-attempt={}", DataDirectory.reason(fault), pause);
      }
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) return;
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private synchronized boolean startOnce() throws IOException {
    if (closed.getCount() == 0) return false;
    if (process().isEmpty()) {
      forgetReusedNumber();
      Files.writeString(cluster.resolve("postgresql.conf"), PostgresConf.text(port));
      keepLogSmall();
      binaries.run(
          serverLog,
          "pg_ctl",
          List.of(
              "start",
              "-w",
              "-t",
              "120",
              "-s",
              "-D",
              cluster.toString(),
              "-l",
              serverLog.toString()));
    }
    return isUp();
  }

  // A number that went to another process would keep the server from starting. The rest of the file
  // has to stay: by it the new server sees whether processes of the dead one still write.
  private void forgetReusedNumber() throws IOException {
    var file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) return;
    var lines = new ArrayList<>(Files.readAllLines(file));
    if (lines.isEmpty() || ProcessHandle.of(Long.parseLong(lines.getFirst().trim())).isEmpty())
      return;
    lines.set(0, Integer.toString(Integer.MAX_VALUE));
    Files.write(file, lines);
  }

  private void keepLogSmall() throws IOException {
    if (Files.exists(serverLog) && Files.size(serverLog) > 10 << 20) {
      Files.move(serverLog, home.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private boolean isUp() {
    if (process().isEmpty()) return false;
    try (var _ = url().connect()) {
      return true;
    } catch (SQLException fault) {
      return isNotThereYet(fault) && prepareDatabase();
    }
  }

  private static boolean isNotThereYet(SQLException fault) {
    var state = String.valueOf(fault.getSQLState());
    return state.equals("28P01") || state.equals("3D000");
  }

  private boolean prepareDatabase() {
    try (var connection = superuser().connect();
        var statement = connection.createStatement()) {
      try (var role = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = 'kith'")) {
        if (!role.next()) statement.execute("CREATE ROLE kith LOGIN PASSWORD '" + password + "'");
      }
      try (var database =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'kith'")) {
        if (!database.next()) statement.execute("CREATE DATABASE kith OWNER kith");
      }
      return true;
    } catch (SQLException fault) {
      log.warn("postgres=not-prepared state={}", fault.getSQLState());
      return false;
    }
  }

  private String lastComplaint() throws IOException {
    return Files.readAllLines(serverLog).reversed().stream()
        .filter(line -> line.contains("FATAL") || line.contains("ERROR") || line.contains("error:"))
        .findFirst()
        .orElse("it does not answer")
        .concat(" (see " + serverLog + ")");
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      stop();
    } catch (IOException fault) {
      log.error("postgres=not-stopped reason=\"{}\"", DataDirectory.reason(fault));
    }
  }

  private synchronized void stop() throws IOException {
    if (process().isEmpty()) return;
    for (var mode : List.of("fast", "immediate")) {
      var arguments = List.of("stop", "-w", "-t", "30", "-s", "-m", mode, "-D", cluster.toString());
      if (binaries.run(serverLog, "pg_ctl", arguments) == 0) return;
    }
    throw new IOException("pg_ctl could not stop the server, see " + serverLog);
  }
}
