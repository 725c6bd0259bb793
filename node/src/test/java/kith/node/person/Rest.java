package kith.node.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;

/// A REST client for tests. Fails if an answer is not as OpenAPI describes it.
public final class Rest {
  private static final ObjectMapper TREES = new ObjectMapper();

  public static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final HttpClient client;
  private final URI node;
  private final Optional<String> token;

  public Rest(URI node, Optional<String> token) {
    this(CLIENT, node, token);
  }

  Rest(HttpClient client, URI node, Optional<String> token) {
    this.client = client;
    this.node = node;
    this.token = token;
  }

  public record Answer(int status, String body) {
    public <T> T as(Class<T> type) {
      if (status >= 300) throw new AssertionError("refused: " + status + " " + body);
      try {
        return Json.rest(body, type);
      } catch (Malformed fault) {
        throw new AssertionError(body, fault);
      }
    }

    public String text() {
      return body;
    }

    /// The body as a tree; an empty object if it is not JSON.
    public JsonNode json() {
      try {
        return TREES.readTree(body);
      } catch (JsonProcessingException notJson) {
        return TREES.createObjectNode();
      }
    }

    /// A refusal in short: `404 unknown-room`.
    public String refusal() {
      return status + " " + field("code");
    }

    public String detail() {
      return field("detail");
    }

    public String field(String name) {
      return json().path(name).asText();
    }

    public List<JsonNode> list(String name) {
      return StreamSupport.stream(json().path(name).spliterator(), false).toList();
    }

    /// One field of each element of a list.
    public List<String> list(String name, String field) {
      return list(name).stream().map(element -> element.path(field).asText()).toList();
    }

    /// The error code of a refusal.
    public Code code() {
      if (status < 300) throw new AssertionError("not refused: " + status + " " + body);
      try {
        var code = Json.rest(body, ProblemDetails.class).code();
        return Stream.of(Code.values()).filter(it -> it.wire().equals(code)).findFirst().get();
      } catch (Malformed fault) {
        throw new AssertionError(body, fault);
      }
    }
  }

  public Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  /// Repeats the request while it is refused as `unavailable`, as the contract allows.
  public Answer getWhenAvailable(String path) {
    return whenAvailable(() -> get(path));
  }

  public Answer postWhenAvailable(String path, Record body) {
    return whenAvailable(() -> post(path, body));
  }

  private static Answer whenAvailable(Supplier<Answer> request) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var answer = request.get();
    while (answer.status() == 503 && System.nanoTime() < deadline) answer = request.get();
    return answer;
  }

  public Answer post(String path, Record body) {
    return send("POST", path, Optional.of(Json.restText(body)));
  }

  public Answer send(String method, String path, Optional<String> json) {
    var request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(Patience.LONGEST)
            .method(method, json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    if (json.isPresent()) request.header("content-type", "application/json");
    token.ifPresent(some -> request.header("authorization", "Bearer " + some));
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      RestContract.check(method, path, answer.statusCode(), answer.body());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException fault) {
      throw new AssertionError(method + " " + path, fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }
}
