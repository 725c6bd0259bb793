package kith.terminal.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
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
import javax.net.ssl.SSLHandshakeException;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.tls.Authorities;

/// Sends REST requests to the first node that accepts the connection.
final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /// Far above the size of any valid answer.
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
  private final List<URI> nodes;

  Http(List<URI> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  String ask(String method, String path, Optional<String> body, Optional<String> token) {
    for (var node : nodes) {
      try {
        var response =
            client.send(request(node, method, path, body, token), BodyHandlers.ofInputStream());
        return answer(response.statusCode(), text(response));
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

  private static String answer(int status, String body) {
    if (status >= 200 && status < 300) return body;
    try {
      var problem = Json.rest(body, ProblemDetails.class);
      throw new Refused(
          status,
          problem.code(),
          problem.detail().orElse(problem.title()),
          problem.retryAfterMillis());
    } catch (Malformed notOurs) {
      throw new Refused(
          status,
          "http-" + status,
          String.format(Locale.ROOT, "The server answered with HTTP status %d.", status),
          OptionalLong.empty());
    }
  }
}
