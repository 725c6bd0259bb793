package kith.node;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `kith drain`: stops a node on this machine as SIGTERM does, and waits until it has ended.
///
/// It looks for the node among the caller's own Java processes and opens no port: draining a node
/// takes the permission to signal its process.
@Command(
    name = "kith drain",
    description =
        "Moves the sockets and rooms of a node on this machine to the other nodes, then stops it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DrainCommand implements Callable<Integer> {
  /// The system property in which a running node gives the URL that its clients connect to.
  static final String URL = "kith.node.url";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The port that the node's clients connect to; required if several nodes run here.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Seconds to wait until the node has stopped (default ${DEFAULT-VALUE}).")
  private long patience;

  private record Found(ProcessHandle process, URI url) {}

  public static void main(String[] arguments) {
    System.exit(CommandLines.of(new DrainCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var nodes =
        VirtualMachine.list().stream()
            .filter(machine -> machine.displayName().startsWith(Main.class.getName()))
            .flatMap(machine -> found(machine.id()).stream())
            .filter(node -> port.isEmpty() || port.get() == node.url().getPort())
            .toList();
    if (nodes.size() == 1) return drain(nodes.getFirst());
    return fail(
        nodes.isEmpty() ? "No such node of this user runs on this machine." : choose(nodes));
  }

  private static Optional<Found> found(String pid) {
    try {
      var machine = VirtualMachine.attach(pid);
      try {
        // a node that is still starting has not set it yet
        return Optional.ofNullable(machine.getSystemProperties().getProperty(URL))
            .flatMap(url ->
                ProcessHandle.of(Long.parseLong(pid))
                    .map(process -> new Found(process, URI.create(url))));
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException ended) {
      return Optional.empty();
    }
  }

  private static String choose(List<Found> nodes) {
    return "Several nodes of this user run on this machine; choose one with --port: "
        + nodes.stream()
            .map(node -> node.url().toString())
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private int drain(Found node) throws InterruptedException {
    var since = System.nanoTime();
    System.out.printf("Draining %s (process %d) …%n", node.url(), node.process().pid());
    node.process().destroy();
    try {
      node.process().onExit().get(patience, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return fail("The node has not stopped yet; it continues to drain.");
    }
    var took = Duration.ofNanos(System.nanoTime() - since);
    System.out.printf("Drained after %.1f s.%n", took.toMillis() / 1000.0);
    return 0;
  }

  private static int fail(String sentence) {
    System.err.println("kith drain: " + sentence);
    return 1;
  }
}
