package kith.node.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;

/// A REST client for tests.
final class Rest {
  static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final HttpClient client;
  private final URI node;
  private final Optional<String> token;

  Rest(URI node, Optional<String> token) {
    this(CLIENT, node, token);
  }

  Rest(HttpClient client, URI node, Optional<String> token) {
    this.client = client;
    this.node = node;
    this.token = token;
  }

  record Answer(int status, String body) {
    <T> T as(Class<T> type) {
      if (status >= 300) throw new AssertionError("refused: " + status + " " + body);
      try {
        return Json.rest(body, type);
      } catch (Malformed fault) {
        throw new AssertionError(body, fault);
      }
    }

    /// The error code of a refusal.
    Code code() {
      if (status < 300) throw new AssertionError("not refused: " + status + " " + body);
      try {
        var code = Json.rest(body, ProblemDetails.class).code();
        return Stream.of(Code.values()).filter(it -> it.wire().equals(code)).findFirst().get();
      } catch (Malformed fault) {
        throw new AssertionError(body, fault);
      }
    }
  }

  Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  /// Repeats the request while it is refused as `unavailable`, as the contract allows.
  Answer getWhenAvailable(String path) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var answer = get(path);
    while (answer.status() == 503 && System.nanoTime() < deadline) answer = get(path);
    return answer;
  }

  Answer post(String path, Record body) {
    return send("POST", path, Optional.of(Json.restText(body)));
  }

  Answer send(String method, String path, Optional<String> json) {
    var request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(Patience.LONGEST)
            .header("content-type", "application/json")
            .method(method, json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    token.ifPresent(some -> request.header("authorization", "Bearer " + some));
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException fault) {
      throw new AssertionError(method + " " + path, fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }
}
