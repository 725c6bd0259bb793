package kith.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
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
      if (answer.statusCode() != 200)
        return fail(complaint(answer.statusCode(), String.join("\n", answer.body().toList())));
      var last = answer.body().peek(System.out::println).reduce("", (_, line) -> line);
      return last.equals("done") ? 0 : fail("The node stopped before the rebuild was complete.");
    } catch (IOException | java.io.UncheckedIOException fault) {
      return fail("No node answers at " + url.resolve("/") + ".");
    }
  }

  private static String complaint(int status, String body) {
    try {
      var detail = Json.rest(body, ProblemDetails.class).detail().orElse("");
      if (detail.equals(Code.NOT_FOUND.sentence())) return OperatorsPort.NOT_HERE;
      if (!detail.isEmpty()) return detail;
    } catch (Malformed notAProblem) {
      // the answer of another program
    }
    return "The node answered " + status + ".";
  }

  private static int fail(String sentence) {
    System.err.println("kith rebuild: " + sentence);
    return 1;
  }
}
