package kith.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kith rebuild`: rebuilds a projection through a node on this machine.
@Command(
    name = "kith rebuild",
    description =
        "Rebuilds a read model of all rooms while the node serves its clients. Run it on the node's"
            + " machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RebuildCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PROJECTION", description = "The read model: mentions or directory.")
  private String projection = "";

  @Option(names = "--port", paramLabel = "PORT", description = OperatorsPort.DESCRIPTION)
  private Optional<Integer> port = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RebuildCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var url =
        URI.create(
            "http://127.0.0.1:%d/projections/%s/rebuild"
                .formatted(OperatorsPort.of(port, System.getenv()), projection));
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()).build();
      var answer = client.send(request, BodyHandlers.ofLines());
      var last = answer.body().peek(System.out::println).reduce("", (_, line) -> line);
      if (answer.statusCode() == 404)
        return fail("The node has no such projection on this port. " + OperatorsPort.NOT_HERE);
      if (answer.statusCode() != 200) return fail("The node answered " + answer.statusCode() + ".");
      return last.equals("done") ? 0 : fail("The node stopped before the rebuild was complete.");
    } catch (IOException | java.io.UncheckedIOException fault) {
      return fail("No node answers at " + url.resolve("/") + ".");
    }
  }

  private static int fail(String sentence) {
    System.err.println("kith rebuild: " + sentence);
    return 1;
  }
}
