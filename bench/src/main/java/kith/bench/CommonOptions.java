package kith.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every scenario.
final class CommonOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "URL of a running node, whose rate limits apply. Without it a node is started for the run.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--node-pid",
      paramLabel = "PID",
      description =
          "With --url: id of the node's process on this machine, to read its CPU and memory.")
  private Optional<Long> nodePid = Optional.empty();

  @Mixin private NodeOptions started = new NodeOptions();

  @Option(
      names = "--bytes",
      defaultValue = "100",
      description = "Size of a message body in bytes (default: ${DEFAULT-VALUE}).")
  int bodyBytes;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes all metrics to this file as JSON.")
  Optional<Path> json = Optional.empty();

  NodeUnderTest node() throws java.io.IOException {
    return node("");
  }

  /// @param settings further lines of `cluster.conf` for a node that is started
  NodeUnderTest node(String settings) throws java.io.IOException {
    return url.isPresent()
        ? NodeUnderTest.at(url.get(), nodePid.map(OptionalLong::of).orElseGet(OptionalLong::empty))
        : started.start(Optional.empty(), settings);
  }
}
