package kith.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.auth.TokenKeyring;
import kith.node.gateway.http.TokenKeyRoutes.Rotate;
import kith.node.gateway.http.TokenKeyRoutes.Rotated;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kith rotate-keys`: makes a new key for tokens, through a node on this machine.
@Command(
    name = "kith rotate-keys",
    description =
        "Replaces the key that signs tokens, in the whole cluster. Users stay logged in. Run it on"
            + " the machine of a node.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RotateKeysCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--discard",
      description =
          "Also ends all other keys within a minute, because somebody else may know them. All"
              + " users have to log in again.")
  private boolean discard;

  @Option(names = "--port", paramLabel = "PORT", description = OperatorsPort.DESCRIPTION)
  private Optional<Integer> port = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RotateKeysCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var url =
        URI.create(
            "http://127.0.0.1:%d/token-keys".formatted(OperatorsPort.of(port, System.getenv())));
    var request =
        HttpRequest.newBuilder(url)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Json.restText(new Rotate(discard))))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 404) return fail(OperatorsPort.NOT_HERE);
      return answer.statusCode() == 201
          ? show(Json.rest(answer.body(), Rotated.class))
          : fail(complaint(answer.statusCode(), answer.body()));
    } catch (IOException | Malformed away) {
      return fail("No node answers at " + url.resolve("/") + ".");
    }
  }

  private int show(Rotated rotated) {
    var keys = rotated.keys();
    out().printf("Key %s signs from %s.%n", keys.getFirst().key(), keys.getFirst().signsFrom());
    for (var key : keys.subList(1, keys.size()))
      out().printf("Key %s %s.%n", key.key(), standing(key));
    return 0;
  }

  private static String standing(TokenKeyring.Shown key) {
    return key.ends()
        .map(end -> "ends at " + end)
        .orElse("is accepted until its tokens have expired");
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private static String complaint(int status, String body) throws Malformed {
    return Json.rest(body, ProblemDetails.class)
        .detail()
        .orElse("The node answered " + status + ".");
  }

  private static int fail(String sentence) {
    System.err.println("kith rotate-keys: " + sentence);
    return 1;
  }
}
