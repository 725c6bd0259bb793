package kith.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A server process that is started for a measurement and stopped after the run.
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+)");
  private static final long PATIENCE_SECONDS = 300;

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<URI> url = new CompletableFuture<>();

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// @param cores the cores that it may use
  static ServerProcess start(
      String name,
      Optional<String> cores,
      List<String> command,
      Map<String, String> environment,
      Path log)
      throws IOException {
    var pinned = new ArrayList<String>();
    cores.ifPresent(some -> pinned.addAll(List.of("taskset", "-c", some)));
    pinned.addAll(command);
    var builder = new ProcessBuilder(pinned).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var server = new ServerProcess(name, builder.start(), log);
    Runtime.getRuntime().addShutdownHook(new Thread(server::end, "end-" + name));
    Thread.ofPlatform().daemon().name(name + "-output").start(server::follow);
    return server;
  }

  private void follow() {
    try (BufferedReader lines = process.inputReader();
        var file = Files.newBufferedWriter(log)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        file.append(line).append('\n').flush();
        var listens = LISTENS.matcher(line);
        if (listens.find()) url.complete(URI.create(listens.group(1)));
      }
    } catch (IOException closed) {
      url.completeExceptionally(closed);
    }
    url.completeExceptionally(new BenchFailure(name + " did not start; see " + log));
  }

  /// Waits until the server prints its address.
  URI url() {
    try {
      return url.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException fault) {
      throw new BenchFailure(name + " did not start: " + fault.getMessage(), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  /// Waits until the server accepts connections on this port.
  void awaitPort(int port) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException notYet) {
        pause(50);
      }
    }
    throw new BenchFailure(name + " did not start; see " + log);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  long pid() {
    return process.pid();
  }

  Optional<Processes.Usage> usage() {
    return Processes.tree(process.pid());
  }

  private void end() {
    process.destroy();
    try {
      if (process.waitFor(60, TimeUnit.SECONDS)) return;
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /// Kills the process without a shutdown.
  void kill() {
    process.destroyForcibly();
    end();
  }

  @Override
  public void close() {
    end();
  }
}
