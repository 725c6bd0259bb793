package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that the node runs for itself: on the loopback interface, with a random
/// password and without a superuser's login, with durable writes, and restarted whenever it dies.
///
/// The server keeps running when its node is killed; the next start on the same directory adopts
/// it.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int FIRST_START_ATTEMPTS = 8;

  private final PostgresFiles files;
  private final PostgresBinaries binaries;
  private final String password;
  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);
  // the server runs but has refused our login
  private volatile boolean isRefused;

  private EmbeddedPostgres(PostgresFiles files, PostgresBinaries binaries, OptionalInt wanted)
      throws IOException {
    this.files = files;
    this.binaries = binaries;
    // a server of an earlier release, left by a killed node
    if (!files.isPrepared()) stop();
    this.password = prepared();
    this.port = settlePort(wanted);
  }

  /// Starts the server, or adopts the one that a killed node left running.
  ///
  /// @param directory all files of the server
  /// @param port a fixed port; if empty, a free one is chosen and remembered
  static EmbeddedPostgres start(Path directory, OptionalInt port) {
    try {
      var files = new PostgresFiles(directory);
      var server = new EmbeddedPostgres(files, PostgresBinaries.unpack(directory), port);
      server.firstStart();
      files.writeUrl(server.url());
      Thread.ofPlatform().daemon().name("postgres-supervisor").start(server::supervise);
      return server;
    } catch (IOException fault) {
      throw new StartFailure(
          "The node's own PostgreSQL in %s cannot be started: %s."
              .formatted(directory, DataDirectory.reason(fault)),
          fault);
    }
  }

  /// Stops the server that a killed process left running in this directory, if there is one.
  ///
  /// @param mode of `pg_ctl stop`
  static void stopLeft(Path directory, String mode) throws IOException {
    var files = new PostgresFiles(directory);
    if (files.process().isEmpty()) return;
    var binaries = PostgresBinaries.unpack(directory);
    if (pgCtl(binaries, files, "stop", "-t", "30", "-m", mode) != 0 && files.process().isPresent())
      throw new IOException("pg_ctl could not stop it (see " + files.log() + ")");
  }

  public JdbcUrl url() {
    return url("kith");
  }

  JdbcUrl url(String database) {
    return JdbcUrl.loopback(port, database, "kith", password);
  }

  /// The server's first process, while it runs.
  Optional<ProcessHandle> process() {
    return files.process();
  }

  /// Holds `url` with its password, for other nodes on this machine.
  Path urlFile() {
    return files.urlFile();
  }

  private String prepared() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return files.prepare(binaries);
      } catch (IOException fault) {
        if (attempt == FIRST_START_ATTEMPTS || !Files.exists(files.cluster())) throw fault;
      }
      // processes of a killed server may keep its shared memory for a moment
      pause(ClusterIntervals.POSTGRES_START_RETRY);
    }
  }

  private int settlePort(OptionalInt wanted) throws IOException {
    var running = files.portOfRunning();
    if (running.isPresent()) {
      if (wanted.isEmpty() || wanted.equals(running)) return running.getAsInt();
      stop();
    }
    return wanted.isPresent() ? wanted.getAsInt() : files.freePort();
  }

  private void firstStart() throws IOException {
    if (isUp()) return;
    if (process().isEmpty()) files.startLog();
    for (int attempt = 1; !startOnce(); ) {
      // a process that is alive is recovering or slow: wait for it without a limit
      if ((process().isEmpty() || isRefused) && ++attempt > FIRST_START_ATTEMPTS)
        throw new IOException(isRefused ? "it refuses the node's login" : files.complaint());
      pause(ClusterIntervals.POSTGRES_START_RETRY);
    }
  }

  private void supervise() {
    try {
      while (!closed.await(ClusterIntervals.POSTGRES_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (process().isEmpty()) restart();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() throws InterruptedException {
    log.warn("postgres=died action=restart port={}", port);
    var pause = ClusterIntervals.POSTGRES_CHECK;
    files.startLog();
    do {
      try {
        if (startOnce()) {
          log.info("postgres=restarted port={}", port);
          return;
        }
        log.warn(
            "postgres=down reason=\"{}\" next-attempt=\"{}\"",
            files.complaint(),
            Times.text(pause));
      } catch (IOException fault) {
        log.warn(
            "postgres=down reason=\"{}\" next-attempt=\"{}\"",
            DataDirectory.reason(fault),
            Times.text(pause));
      }
      pause = Intervals.doubled(pause, ClusterIntervals.RAREST_POSTGRES_RESTART);
    } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  private synchronized boolean startOnce() throws IOException {
    if (closed.getCount() == 0) return false;
    if (process().isEmpty()) {
      files.forgetReusedNumber();
      files.writeConf(port);
      pgCtl("start", "-t", "120", "-l", files.log().toString());
    }
    return isUp();
  }

  private boolean isUp() {
    if (process().isEmpty()) return false;
    try (var _ = url().connect()) {
      return true;
    } catch (SQLException notYet) {
      isRefused = !Database.mayPass(notYet);
      return false;
    }
  }

  private int pgCtl(String action, String... options) throws IOException {
    return pgCtl(binaries, files, action, options);
  }

  private static int pgCtl(
      PostgresBinaries binaries, PostgresFiles files, String action, String... options)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of(action, "-w", "-s", "-D", files.cluster().toString()));
    arguments.addAll(List.of(options));
    return binaries.run(files.log(), "pg_ctl", arguments);
  }

  static void pause(Duration time) throws IOException {
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
    if (pgCtl("stop", "-t", "30", "-m", "fast") == 0) return;
    if (pgCtl("stop", "-t", "30", "-m", "immediate") == 0) return;
    throw new IOException("pg_ctl could not stop it (see " + files.log() + ")");
  }
}
