package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The measured node: either started on fresh data and stopped after the run, or already running.
final class NodeUnderTest implements AutoCloseable {
  /// Raises the limits that a load from one machine would reach: rates, and sign-ups per address.
  private static final String CONFIG =
      """
      kith {
        http {
          host = "127.0.0.1"
          port = 0
          max-connections = 100000
          requests {
            per-second = 1000000
            burst = 1000000
            address-per-second = 1000000
            address-burst = 1000000
          }
        }
        accounts {
          bcrypt-cost = 4
          bcrypt-queue = 1000
          access-lifetime = 2h
          sign-up.total { burst = 1000000 }
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
  private final @Nullable ServerProcess process;

  private NodeUnderTest(
      URI url, OptionalLong pid, Optional<Path> data, @Nullable ServerProcess process) {
    this.url = url;
    this.pid = pid;
    this.data = data;
    this.process = process;
  }

  static NodeUnderTest at(URI url, OptionalLong pid) {
    return new NodeUnderTest(url, pid, Optional.empty(), null);
  }

  /// Starts a node with the launcher that started this driver, so with the usual flags, and with
  /// its own PostgreSQL on the same cores.
  static NodeUnderTest start(Optional<String> cores, String javaOptions) throws IOException {
    return start(cores, javaOptions, Optional.empty());
  }

  /// @param database JDBC URL; without it the node runs its own PostgreSQL
  static NodeUnderTest start(Optional<String> cores, String javaOptions, Optional<String> database)
      throws IOException {
    return start(cores, javaOptions, database, "");
  }

  /// @param settings further lines of `cluster.conf`
  static NodeUnderTest start(
      Optional<String> cores, String javaOptions, Optional<String> database, String settings)
      throws IOException {
    var directory = Workspace.directory("node-");
    var config = Files.writeString(directory.resolve("cluster.conf"), CONFIG + settings);
    var data = directory.resolve("data");
    var command =
        new ArrayList<>(
            List.of(Workspace.launcher().toString(), "node", "--config", config.toString()));
    command.addAll(
        database.map(it -> List.of("--database", it)).orElse(List.of("--data", data.toString())));
    RoomRun.print("starting a node (bcrypt cost 4, no rate limits) in %s", directory);
    var process =
        ServerProcess.start(
            "kith",
            cores,
            command,
            // the training of a first start and a room of all users would be measured as well
            Map.of("KITH_JAVA_OPTIONS", javaOptions, "KITH_TRAINING", "no", "KITH_LOBBY", ""),
            directory.resolve("node.log"));
    return new NodeUnderTest(
        process.url(), OptionalLong.of(process.pid()), Optional.of(data), process);
  }

  URI url() {
    return url;
  }

  OptionalLong pid() {
    return pid;
  }

  Optional<Processes.Usage> server() {
    return pid.isPresent() ? Processes.of(pid.getAsLong()) : Optional.empty();
  }

  ResourceUsage usage() {
    return ResourceUsage.now(server(), postmaster().flatMap(Processes::tree));
  }

  /// The node's PostgreSQL is not a child process of the node; its data directory contains its id.
  private Optional<Long> postmaster() {
    if (data.isEmpty() || !Files.exists(data.get())) return Optional.empty();
    try (var files = Files.find(data.get(), 4, (file, _) -> file.endsWith("postmaster.pid"))) {
      var file = files.findFirst();
      if (file.isEmpty()) return Optional.empty();
      return Files.readAllLines(file.get()).stream().findFirst().map(Long::valueOf);
    } catch (IOException | java.io.UncheckedIOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /// Kills the process without a shutdown.
  void kill() {
    if (process != null) process.kill();
  }

  @Override
  public void close() throws IOException {
    if (process == null) return;
    process.close();
    if (data.isPresent()) Workspace.delete(data.get());
  }
}
