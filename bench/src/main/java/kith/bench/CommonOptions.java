package kith.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// What every scenario can be told.
final class CommonOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running node; without it one is started for the run. Its rate limits apply.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--node-pid",
      paramLabel = "PID",
      description = "With --url: the node's process on this machine, to read its CPU and memory.")
  private Optional<Long> nodePid = Optional.empty();

  @Option(
      names = "--pin",
      paramLabel = "CORES",
      description = "Holds the started node and its PostgreSQL to these cores (taskset -c).")
  private Optional<String> pin = Optional.empty();

  @Option(
      names = "--node-java-options",
      paramLabel = "OPTIONS",
      description = "More JVM flags for the started node.")
  private String javaOptions = "";

  @Option(
      names = "--bytes",
      defaultValue = "100",
      description = "Length of each message's body (default: ${DEFAULT-VALUE}).")
  int bodyBytes;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures there, too.")
  Optional<Path> json = Optional.empty();

  NodeUnderTest node() throws java.io.IOException {
    return url.isPresent()
        ? NodeUnderTest.at(url.get(), nodePid.map(OptionalLong::of).orElseGet(OptionalLong::empty))
        : NodeUnderTest.start(pin, javaOptions);
  }
}
