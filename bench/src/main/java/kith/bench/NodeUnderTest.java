package kith.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The node that is measured: one of our own on fresh data, ended after the run, or a running one.
final class NodeUnderTest implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+)");

  /// Opens what a load from one machine would meet: limits a second and sign-ups from one address.
  private static final String CONFIG =
      """
      kith {
        http { host = "127.0.0.1", port = 0, max-connections = 100000 }
        accounts {
          bcrypt-cost = 4
          bcrypt-queue = 1000
          throttle.per-address { burst = 1000000 }
        }
        rooms.members = 100000
        sessions {
          sockets = 100000
          sends-per-second = 1000000
          send-burst = 1000000
          account-sends-per-second = 1000000
          account-send-burst = 1000000
        }
      }
      """;

  private final URI url;
  private final OptionalLong pid;
  private final Optional<Path> data;
  private final @Nullable Process process;

  private NodeUnderTest(URI url, OptionalLong pid, Optional<Path> data, @Nullable Process process) {
    this.url = url;
    this.pid = pid;
    this.data = data;
    this.process = process;
  }

  static NodeUnderTest at(URI url, OptionalLong pid) {
    return new NodeUnderTest(url, pid, Optional.empty(), null);
  }

  /// Starts one with the launcher that started this driver, so with the flags everybody has.
  static NodeUnderTest start(Optional<String> cores, String javaOptions) throws IOException {
    var root = root();
    var target = Files.createDirectories(root.resolve("bench/target"));
    var directory = Files.createTempDirectory(target, "node-");
    var config = Files.writeString(directory.resolve("cluster.conf"), CONFIG);
    var data = directory.resolve("data");
    var command = new ArrayList<String>();
    cores.ifPresent(some -> command.addAll(List.of("taskset", "-c", some)));
    command.addAll(
        List.of(
            root.resolve("kith").toString(),
            "node",
            "--config",
            config.toString(),
            "--data",
            data.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KITH_JAVA_OPTIONS", javaOptions);
    RoomRun.say("starting a node (bcrypt cost 4, no rate limits) in %s", directory);
    var process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-node"));
    var url = new CompletableFuture<URI>();
    Thread.ofPlatform()
        .daemon()
        .name("node-output")
        .start(() -> follow(process, directory.resolve("node.log"), url));
    return new NodeUnderTest(
        await(url), OptionalLong.of(process.pid()), Optional.of(data), process);
  }

  private static Path root() {
    try {
      var jar = NodeUnderTest.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      // bench/target/kith-bench.jar, or bench/target/classes
      var root = Path.of(jar).resolve("../../..").normalize();
      if (Files.isExecutable(root.resolve("kith"))) return root;
    } catch (URISyntaxException | NullPointerException unusual) {
      throw new BenchFailure("This driver is not where it was built; use --url.", unusual);
    }
    throw new BenchFailure("This driver is not where it was built; use --url.");
  }

  private static void follow(Process process, Path log, CompletableFuture<URI> url) {
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
    url.completeExceptionally(new BenchFailure("The node did not start; see " + log));
  }

  private static URI await(CompletableFuture<URI> url) {
    try {
      return url.get(5, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException fault) {
      throw new BenchFailure("The node did not start: " + fault.getMessage(), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  URI url() {
    return url;
  }

  OptionalLong pid() {
    return pid;
  }

  Usages usage() {
    return new Usages(
        pid.isPresent() ? Processes.of(pid.getAsLong()) : Optional.empty(),
        postmaster().flatMap(Processes::tree),
        Processes.of(ProcessHandle.current().pid()),
        Processes.machine());
  }

  /// The node's PostgreSQL is no child of it any more; its data directory names it.
  private Optional<Long> postmaster() {
    if (data.isEmpty()) return Optional.empty();
    try (var files = Files.find(data.get(), 4, (file, _) -> file.endsWith("postmaster.pid"))) {
      var file = files.findFirst();
      if (file.isEmpty()) return Optional.empty();
      return Files.readAllLines(file.get()).stream().findFirst().map(Long::valueOf);
    } catch (IOException | java.io.UncheckedIOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    if (process == null) return;
    end(process);
    if (data.isPresent()) delete(data.get());
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
