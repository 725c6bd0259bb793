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
import kith.node.platform.config.StartFailure;

/// What the node's own PostgreSQL leaves on the disk: its cluster, password, port and log.
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

  /// The password of all roles, made when there is nothing it could have been used for yet.
  String password() throws IOException {
    var file = passwordFile();
    if (Files.exists(file)) return Files.readString(file).trim();
    if (Files.exists(cluster)) {
      throw new StartFailure(
          "The file %s is missing; nobody can log in without it.".formatted(file));
    }
    var random = new byte[24];
    new SecureRandom().nextBytes(random);
    var made = HexFormat.of().formatHex(random);
    DataDirectory.writePrivate(file, made);
    return made;
  }

  private Path passwordFile() {
    return home.resolve("password");
  }

  /// Makes the cluster when there is none, beside its place first: it is whole or not there.
  void createCluster(PostgresBinaries binaries) throws IOException {
    if (Files.isDirectory(cluster)) return;
    var unfinished = home.resolve("cluster.new");
    if (Files.exists(unfinished)) PostgresBinaries.deleteTree(unfinished);
    var arguments =
        List.of(
            "--pgdata=" + unfinished,
            "--username=postgres",
            "--pwfile=" + passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    startLog();
    if (binaries.run(log, "initdb", arguments) != 0) throw new IOException(complaint());
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Writes down how other nodes of this machine reach the server; only this user can read it.
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

  /// The port of a server that runs.
  OptionalInt portOfRunning() {
    var lines = pidFile();
    return process().isEmpty() || lines.size() < 4 ? OptionalInt.empty() : port(lines.get(3));
  }

  // A number can have gone to another process, and a dead process can wait for its parent; neither
  // shows this command line.
  private boolean isThisServer(ProcessHandle process) {
    var info = process.info();
    return process.isAlive()
        && info.commandLine()
            .map(line -> line.contains(cluster.toString()))
            .orElse(info.command().isPresent());
  }

  /// Makes way for a new server when the dead one's process number belongs to another process now.
  ///
  /// The rest of `postmaster.pid` has to stay: by it the new server sees whether processes of the
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

  /// The port that was taken before, as long as it is free; otherwise another, to be kept from now.
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

  /// Begins a fresh log for a start, so that `complaint` is of this one; the last is kept.
  void startLog() {
    try {
      if (Files.exists(log)) {
        Files.move(log, home.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException stillOpen) {
      // then the old one is written on
    }
  }

  /// What the server said last that sounds like a reason.
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
        .orElse("it does not answer")
        .concat(" (see " + log + ")");
  }
}
