package kith.terminal.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.tls.Authorities;

/// Sends REST requests to the first node that accepts the connection. A request that the node
/// refuses because of its rate is sent again when the node allows it.
final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /// Far above the size of any valid answer.
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int MAX_TRIES = 4;

  /// The timeout is short because a user waits for the answer.
  private static final long MAX_WAIT_MILLIS = 10_000;

  private final Pause pause;
  private final List<URI> nodes;

  Http(List<URI> nodes) {
    this(nodes, Thread::sleep);
  }

  Http(List<URI> nodes, Pause pause) {
    this.nodes = List.copyOf(nodes);
    this.pause = pause;
  }

  /// The URL of a path for another program.
  URI address(String path) {
    return nodes.getFirst().resolve(path);
  }

  String ask(String method, String path, Optional<String> body, Optional<String> token) {
    for (int tries = 1; ; tries++) {
      try {
        return askOnce(method, path, body, token);
      } catch (Refused refused) {
        // a refused request had no effect, so every kind can be repeated
        if (tries == MAX_TRIES || !isTooFast(refused)) throw refused;
        await(refused.retryAfterMillis().orElseThrow());
      }
    }
  }

  private static boolean isTooFast(Refused refused) {
    return refused.status() == 429
        // this refusal concerns passwords: the user decides whether to try again
        && !refused.is(Code.TOO_MANY_ATTEMPTS)
        && refused.retryAfterMillis().orElse(Long.MAX_VALUE) <= MAX_WAIT_MILLIS;
  }

  private void await(long millis) {
    try {
      pause.millis(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted.");
    }
  }

  private String askOnce(
      String method, String path, Optional<String> body, Optional<String> token) {
    for (var node : nodes) {
      try {
        var response =
            SharedClients.ofProcess()
                .of(node)
                .send(request(node, method, path, body, token), BodyHandlers.ofInputStream());
        return answer(response.statusCode(), text(response), retryAfter(response));
      } catch (ConnectException | HttpConnectTimeoutException notTaken) {
        // nothing was sent, so the next node can be tried without a duplicate request
      } catch (SSLHandshakeException untrusted) {
        throw new Unreachable(
            "The certificate of %s is not trusted. To trust it, set %s to a PEM file of its authority."
                .formatted(node, Authorities.VARIABLE));
      } catch (IOException broken) {
        throw new Unreachable("The connection to " + node + " broke.");
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new Unreachable("Interrupted.");
      }
    }
    throw new Unreachable("Nothing answers at " + named() + ". Is the node running?");
  }

  private String named() {
    return String.join(", ", nodes.stream().map(URI::toString).toList());
  }

  private static HttpRequest request(
      URI node, String method, String path, Optional<String> body, Optional<String> token) {
    var request =
        HttpRequest.newBuilder(URI.create(withoutSlash(node) + path))
            .timeout(TIMEOUT)
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    if (body.isPresent()) request.header("content-type", "application/json");
    token.ifPresent(it -> request.header("authorization", "Bearer " + it));
    return request.build();
  }

  private static String withoutSlash(URI node) {
    var text = node.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    try (var body = response.body()) {
      var bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES)
        throw new Unreachable("The server's answer is larger than 16 MiB.");
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /// This is the only way in which a proxy in front of the node can report it.
  private static OptionalLong retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("retry-after").stream()
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .mapToLong(seconds -> TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)))
        .findFirst();
  }

  private static String answer(int status, String body, OptionalLong retryAfterMillis) {
    if (status >= 200 && status < 300) return body;
    throw refusal(status, body, retryAfterMillis);
  }

  static Refused refusal(int status, String body, OptionalLong retryAfterMillis) {
    try {
      var problem = Json.rest(body, ProblemDetails.class);
      return new Refused(
          status,
          problem.code(),
          problem.detail().orElse(problem.title()),
          problem.retryAfterMillis(),
          problem.ticket());
    } catch (Malformed notOurs) {
      return new Refused(
          status,
          "http-" + status,
          String.format(Locale.ROOT, "The server answered with HTTP status %d.", status),
          retryAfterMillis);
    }
  }
}
