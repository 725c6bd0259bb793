package kith.bench;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of a node that is started for a run.
final class NodeOptions {
  @Option(
      names = "--pin",
      paramLabel = "CORES",
      description = "Pins the started node and its PostgreSQL to these cores (taskset -c).")
  Optional<String> pin = Optional.empty();

  @Option(
      names = "--node-java-options",
      paramLabel = "OPTIONS",
      description = "Additional JVM flags for the started node.")
  String javaOptions = "";

  BenchDatabase database() throws IOException {
    return BenchDatabase.start(pin);
  }

  /// @param url of the database; without it the node runs its own PostgreSQL
  /// @param settings further lines of `cluster.conf`
  NodeUnderTest start(Optional<String> url, String settings) throws IOException {
    return NodeUnderTest.start(pin, javaOptions, url, settings);
  }
}
