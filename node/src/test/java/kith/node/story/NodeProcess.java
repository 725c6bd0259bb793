package kith.node.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.node.person.Patience;
import kith.node.person.Rest;
import kith.node.person.TestPorts;
import kith.node.platform.database.JdbcUrl;

/// A node in its own process, which can be killed.
///
/// It is started again when it ends by itself, as by Docker in `compose.yaml`: a node that is too
/// slow while it joins is removed by the others.
public final class NodeProcess implements AutoCloseable {
  /// Held by stories that start several processes, so that they do not crowd the machine together;
  /// not by `FailoverTest`, for which they would wait for minutes. Other stories may run beside
  /// them: a node must survive on a busy machine.
  static final String LOCK = "processes of nodes";

  private static final int MOST_RESTARTS = 5;

  // cheap passwords, sign-ups from one address, and tokens that last as long as the longest test
  private static final String CONF =
      """
      kith.accounts.bcrypt-cost = 4
      kith.accounts.throttle.per-address.burst = 10000
      kith.accounts.sign-up.total.burst = 10000
      kith.accounts.access-lifetime = 2h
      kith.couriers.private-networks = ["127.0.0.0/8"]
      """;

  private final Path data;
  private final int port;
  private Process process;
  private boolean isWanted;
  private int restarts;

  private NodeProcess(Path data, int port) throws IOException {
    this.data = data;
    this.port = port;
    this.process = begin();
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
    return new NodeProcess(directory, TestPorts.free());
  }

  private synchronized Process begin() throws IOException {
    isWanted = true;
    process = spawn(data, port);
    var _ = process.onExit().thenAccept(this::ended);
    return process;
  }

  private synchronized void ended(Process one) {
    if (!isWanted || one != process || restarts == MOST_RESTARTS) return;
    restarts++;
    System.out.println("restart=" + restarts + " of " + data.getFileName());
    try {
      begin();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private synchronized Process process() {
    return process;
  }

  /// The node is not started again when it ends.
  public synchronized void mayEnd() {
    isWanted = false;
  }

  private static Process spawn(Path data, int port) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            java,
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            // the processes are too short-lived for the second compiler to pay
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // the node's own, not the tests'
            "-Dlogback.configurationFile=logback.xml"));
    command.addAll(NodeClasses.options());
    command.addAll(
        List.of(
            "kith.node.Main",
            "--port",
            String.valueOf(port),
            "--data",
            data.toString(),
            "--config",
            data.resolve("node.conf").toString()));
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
    mayEnd();
    process().destroyForcibly().waitFor();
  }

  /// SIGTERM; returns when the process has ended.
  public void stop() throws InterruptedException {
    mayEnd();
    var stopping = process();
    stopping.destroy();
    if (!stopping.waitFor(Patience.LONGEST)) throw new AssertionError("does not stop: " + data);
  }

  public void startAgain() throws IOException, InterruptedException {
    // a drained node may still be ending
    process().waitFor();
    begin();
    awaitReady();
  }

  /// SIGKILL for the PostgreSQL that this node runs.
  public void killDatabase() throws IOException {
    var pid =
        Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst().strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  public void awaitReady() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var request =
        HttpRequest.newBuilder(uri().resolve("/ready")).timeout(Duration.ofSeconds(2)).build();
    while (System.nanoTime() < deadline) {
      if (hasGivenUp()) throw new AssertionError("the node ended:\n" + log());
      try {
        if (Rest.CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200) return;
      } catch (IOException _) {
        // not listening yet
      }
      // a poll, not a guess: the loop ends with the answer, or with the process
      process().waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not ready in time:\n" + log());
  }

  private synchronized boolean hasGivenUp() {
    return !process.isAlive() && restarts == MOST_RESTARTS;
  }

  private String log() throws IOException {
    return Files.readString(data.resolve("node.log"));
  }

  @Override
  public void close() {
    mayEnd();
    var closing = process();
    closing.destroy();
    closing
        .onExit()
        .orTimeout(30, TimeUnit.SECONDS)
        .exceptionally(_ -> closing.destroyForcibly())
        .join();
  }
}
