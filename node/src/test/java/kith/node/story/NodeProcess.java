package kith.node.story;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.node.platform.database.JdbcUrl;

/// A node in its own process, with its own PostgreSQL. It can be killed.
public final class NodeProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);

  // cheap: these tests are not about hashing passwords
  private static final String CONF =
      """
      kith.accounts.bcrypt-cost = 4
      kith.accounts.throttle.per-address.burst = 10000
      kith.accounts.sign-up.total.burst = 10000
      """;

  private final Path data;
  private final int port;
  private Process process;

  private NodeProcess(Path data, int port, Process process) {
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /// Starts a node with its own PostgreSQL.
  public static NodeProcess start(Path data) throws IOException, InterruptedException {
    var node = spawn(data, CONF);
    node.awaitReady();
    return node;
  }

  /// Starts a node that shares a database with others; returns before it is ready.
  public static NodeProcess startOn(JdbcUrl database, Path directory) throws IOException {
    var conf =
        """
        kith.database.url = "%s"
        kith.database.user = "%s"
        kith.database.password = "%s"
        """
            .formatted(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
    return spawn(directory, CONF + conf);
  }

  private static NodeProcess spawn(Path directory, String conf) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("node.conf"), conf);
    var port = freePort();
    return new NodeProcess(directory, port, spawn(directory, port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process spawn(Path data, int port) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            // the processes are too short-lived for the second compiler to pay
            "-XX:TieredStopAtLevel=1",
            // the node's own, not the tests'
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            "kith.node.Main",
            "--port",
            String.valueOf(port),
            "--data",
            data.toString(),
            "--config",
            data.resolve("node.conf").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("node.log").toFile()))
        .start();
  }

  public int port() {
    return port;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM; returns when the process has ended.
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("does not stop: " + data);
  }

  public void startAgain() throws IOException, InterruptedException {
    process = spawn(data, port);
    awaitReady();
  }

  /// SIGKILL for the PostgreSQL that this node runs.
  public void killDatabase() throws IOException {
    var pid =
        Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst().strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  public void awaitReady() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + READY.toNanos();
    var request =
        HttpRequest.newBuilder(uri().resolve("/ready")).timeout(Duration.ofSeconds(2)).build();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) throw new AssertionError("the node ended:\n" + log());
      try {
        if (Rest.CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200) return;
      } catch (IOException _) {
        // not listening yet
      }
      // a poll, not a guess: the loop ends with the answer, or with the process
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not ready in time:\n" + log());
  }

  private String log() throws IOException {
    return Files.readString(data.resolve("node.log"));
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(30, TimeUnit.SECONDS)
        .exceptionally(_ -> process.destroyForcibly())
        .join();
  }
}
