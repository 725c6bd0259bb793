package kith.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.tls.HttpClients;
import picocli.CommandLine.Option;

/// The node of this machine that an operator's command asks. It is asked by plain HTTP: with
/// `kith.http.tls`, commands need `kith.http.operators.port`.
final class LocalNode {
  static final String NOT_HERE =
      "That port does not serve operators; use the port of kith.http.operators.port.";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The node's port for operators, or for clients if it has none (default:"
              + " $KITH_HTTP_OPERATORS_PORT, then $KITH_HTTP_PORT, then 8080).")
  private Optional<Integer> port = Optional.empty();

  /// The node refused the request or failed; the message is a sentence for the operator.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String sentence) {
      super(sentence);
    }
  }

  /// Runs a command. One that is refused prints the reason and returns 1.
  static int run(Callable<Integer> command, String... arguments) {
    var name = CommandLines.name(command);
    return CommandLines.of(command)
        .setExecutionExceptionHandler((fault, line, _) -> {
          if (!(fault instanceof Refused)) throw fault;
          line.getErr().println(name + ": " + fault.getMessage());
          return 1;
        })
        .execute(arguments);
  }

  static int port(Optional<Integer> given, Map<String, String> environment) {
    return given.orElseGet(() ->
        Stream.of("KITH_HTTP_OPERATORS_PORT", "KITH_HTTP_PORT")
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .filter(value -> value.matches("[1-9][0-9]{0,4}"))
            .map(Integer::valueOf)
            .findFirst()
            .orElse(8080));
  }

  static URI url(Optional<Integer> port) {
    return URI.create("http://127.0.0.1:%d/".formatted(port(port, System.getenv())));
  }

  <T> T post(String path, Record body, Class<T> answer) throws Refused, InterruptedException {
    var text = new StringBuilder();
    send(
        HttpRequest.newBuilder(url(port).resolve(path))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Json.restText(body)))
            .build(),
        text::append);
    try {
      return Json.rest(text.toString(), answer);
    } catch (Malformed other) {
      throw new Refused("The program at " + url(port) + " is not a node of Kith.");
    }
  }

  void delete(String path) throws Refused, InterruptedException {
    send(HttpRequest.newBuilder(url(port).resolve(path)).DELETE().build(), _ -> {});
  }

  /// Passes on the lines of the answer as they arrive.
  void postAndFollow(String path, Consumer<String> lines) throws Refused, InterruptedException {
    var request =
        HttpRequest.newBuilder(url(port).resolve(path)).POST(BodyPublishers.noBody()).build();
    send(request, lines);
  }

  private void send(HttpRequest request, Consumer<String> lines)
      throws Refused, InterruptedException {
    try (var client = HttpClients.forSchemeOf(request.uri()).build()) {
      var answer = client.send(request, BodyHandlers.ofLines());
      if (answer.statusCode() >= 300)
        throw new Refused(
            reason(answer.statusCode(), answer.body().collect(Collectors.joining("\n"))));
      answer.body().forEach(lines);
    } catch (IOException | UncheckedIOException away) {
      throw new Refused("No node answers at " + url(port) + ".");
    }
  }

  static String reason(int status, String body) {
    var other = "The node answered " + status + ".";
    try {
      var problem = Json.rest(body, ProblemDetails.class);
      return problem.code().equals(Code.NOT_FOUND.wire())
          ? NOT_HERE
          : problem.detail().orElse(other);
    } catch (Malformed notAProblem) {
      return other;
    }
  }
}
