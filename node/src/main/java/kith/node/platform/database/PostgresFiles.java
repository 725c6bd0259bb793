package kith.node.platform.database;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The files of the node's own PostgreSQL: its cluster, password, port and log.
final class PostgresFiles {
  private final Path home;
  private final Path cluster;
  private final Path log;

  PostgresFiles(Path home) throws IOException {
    DataDirectory.createPrivate(home);
    this.home = home.toRealPath();
    this.cluster = this.home.resolve("cluster");
    this.log = this.home.resolve("server.log");
  }

  Path cluster() {
    return cluster;
  }

  Path log() {
    return log;
  }

  /// Whether the cluster and the roles exist in the form of this release.
  boolean isPrepared() {
    return Files.isDirectory(cluster) && Files.exists(passwordFile());
  }

  /// Creates the cluster and its roles, if they do not exist yet, and returns the password of the
  /// node's role. Without the file of that password, the role gets another one. The server must not
  /// run unless everything is prepared.
  String prepare(PostgresBinaries binaries) throws IOException {
    if (isPrepared()) return Files.readString(passwordFile()).trim();
    var password = newPassword();
    if (Files.isDirectory(cluster)) {
      forgetReusedNumber();
      roles(binaries, cluster).prepare(password);
    } else {
      createCluster(binaries, password);
    }
    DataDirectory.writePrivate(passwordFile(), password);
    // earlier releases shared one password between all roles and showed it on command lines
    Files.deleteIfExists(home.resolve("password"));
    return password;
  }

  PostgresRoles roles(PostgresBinaries binaries) {
    return roles(binaries, cluster);
  }

  private PostgresRoles roles(PostgresBinaries binaries, Path cluster) {
    return new PostgresRoles(binaries, cluster, log);
  }

  private static String newPassword() {
    var random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private Path passwordFile() {
    return home.resolve("kith-password");
  }

  /// Builds the cluster beside its final place and moves it, so it is complete or absent.
  private void createCluster(PostgresBinaries binaries, String password) throws IOException {
    var unfinished = home.resolve("cluster.new");
    if (Files.exists(unfinished)) UnfinishedCluster.delete(unfinished);
    var arguments =
        List.of(
            "--pgdata=" + unfinished,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    startLog();
    if (binaries.run(log, "initdb", arguments) != 0) throw new IOException(complaint());
    roles(binaries, unfinished).prepare(password);
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Writes the URL for other nodes on this machine; only this user can read it.
  void writeUrl(JdbcUrl url) throws IOException {
    DataDirectory.writePrivate(urlFile(), url.whole());
  }

  Path urlFile() {
    return home.resolve("url");
  }

  void writeConf(int port) throws IOException {
    Files.writeString(cluster.resolve("postgresql.conf"), PostgresConf.text(port));
  }

  /// The server's first process, while it runs.
  Optional<ProcessHandle> process() {
    return processInFile().filter(this::isThisServer);
  }

  /// The port of a running server.
  OptionalInt portOfRunning() {
    var lines = pidFile();
    return process().isEmpty() || lines.size() < 4 ? OptionalInt.empty() : port(lines.get(3));
  }

  // A process id can be reused, and a dead process can wait for its parent as a zombie; neither
  // shows this command line.
  private boolean isThisServer(ProcessHandle process) {
    var info = process.info();
    return process.isAlive()
        && info.commandLine()
            .map(line -> line.contains(cluster.toString()))
            .orElse(info.command().isPresent());
  }

  /// Lets a new server start when the dead one's process id has been reused.
  ///
  /// The rest of `postmaster.pid` must stay: with it the new server checks whether processes of the
  /// dead one still write.
  void forgetReusedNumber() throws IOException {
    if (processInFile().isEmpty()) return;
    var lines = new ArrayList<>(pidFile());
    lines.set(0, Integer.toString(Integer.MAX_VALUE));
    Files.write(cluster.resolve("postmaster.pid"), lines);
  }

  private Optional<ProcessHandle> processInFile() {
    try {
      var lines = pidFile();
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().trim()));
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  private List<String> pidFile() {
    try {
      return Files.readAllLines(cluster.resolve("postmaster.pid"));
    } catch (IOException noServer) {
      return List.of();
    }
  }

  /// The stored port if it is free; otherwise another, which is stored.
  int freePort() throws IOException {
    var file = home.resolve("port");
    if (Files.exists(file)) {
      var before = port(Files.readString(file));
      if (before.isPresent() && isFree(before.getAsInt())) return before.getAsInt();
    }
    try (var free = new ServerSocket(0, 1, loopback())) {
      DataDirectory.writePrivate(file, Integer.toString(free.getLocalPort()));
      return free.getLocalPort();
    }
  }

  private static OptionalInt port(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text.trim()));
    } catch (NumberFormatException halfWritten) {
      return OptionalInt.empty();
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (var _ = new ServerSocket(port, 1, loopback())) {
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /// Starts a new log, so that `complaint` reads this start only; the last log is kept.
  void startLog() {
    try {
      if (Files.exists(log)) {
        Files.move(log, home.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException stillOpen) {
      // the old log is appended to
    }
  }

  /// The last line of the server's log that looks like a reason.
  String complaint() {
    List<String> lines;
    try {
      lines = Files.readAllLines(log);
    } catch (IOException noLog) {
      lines = List.of();
    }
    return lines.reversed().stream()
        .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("error:"))
        .findFirst()
        .orElse("it accepts no connections")
        .concat(" (see " + log + ")");
  }
}
