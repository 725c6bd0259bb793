package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;

/// REST requests to one node, or to any node that answers.
final class Nodes implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(3);
  private static final Duration ANSWERING = Duration.ofSeconds(15);
  private static final Duration LONGEST_ANSWERING = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<URI> urls;
  private final Duration patience;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECTING)
          .build();

  /// @param patience how long a request is repeated until a node answers it
  Nodes(List<URI> urls, Duration patience) {
    this.urls = List.copyOf(urls);
    this.patience = patience;
  }

  List<URI> urls() {
    return urls;
  }

  HttpClient http() {
    return http;
  }

  /// A request.
  record Call(String method, String path, Optional<String> token, Optional<Record> body) {
    static Call get(String path, String token) {
      return new Call("GET", path, Optional.of(token), Optional.empty());
    }

    static Call post(String path, Record body) {
      return new Call("POST", path, Optional.empty(), Optional.of(body));
    }

    static Call post(String path, String token, Record body) {
      return new Call("POST", path, Optional.of(token), Optional.of(body));
    }

    static Call delete(String path, String token, Optional<Record> body) {
      return new Call("DELETE", path, Optional.of(token), body);
    }
  }

  String anywhere(Call call) throws Refused, IOException, InterruptedException {
    return anywhere(call, patience);
  }

  /// Sends the request to one node after the other, until one accepts or permanently refuses it.
  String anywhere(Call call, Duration patience) throws Refused, IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (int attempt = 0; ; attempt++) {
      var pause = PAUSE;
      try {
        var node = urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
        return at(node, call, answering(attempt / urls.size()));
      } catch (Refused no) {
        if (!no.isTemporary() || System.nanoTime() - end > 0) throw no;
        if (no.retryAfter().compareTo(pause) > 0) pause = no.retryAfter();
      } catch (IOException fault) {
        if (System.nanoTime() - end > 0) throw fault;
      }
      Thread.sleep(pause);
    }
  }

  /// The time to wait for an answer after this many time-outs: a starved node needs longer.
  static Duration answering(int timeouts) {
    var longer = ANSWERING.multipliedBy(1L << Math.min(timeouts, 10));
    return longer.compareTo(LONGEST_ANSWERING) < 0 ? longer : LONGEST_ANSWERING;
  }

  /// Sends the request to this node only. Returns the body of the answer.
  String at(URI node, Call call, Duration answering)
      throws Refused, IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(node.resolve(call.path()))
            .timeout(answering)
            .method(
                call.method(),
                call.body()
                    .map(body -> BodyPublishers.ofString(Json.restText(body)))
                    .orElseGet(BodyPublishers::noBody));
    if (call.body().isPresent()) request.header("content-type", "application/json");
    call.token().ifPresent(token -> request.header("authorization", "Bearer " + token));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) throw refused(answer.statusCode(), answer.body());
    return answer.body();
  }

  static <T> T read(String body, Class<T> type) throws IOException {
    try {
      return Json.rest(body, type);
    } catch (Malformed fault) {
      throw new IOException("A node returned an unexpected answer.", fault);
    }
  }

  private static Refused refused(int status, String body) {
    try {
      var problem = Json.rest(body, ProblemDetails.class);
      return new Refused(
          status,
          problem.code(),
          problem.detail().orElse(problem.title()),
          Duration.ofMillis(problem.retryAfterMillis().orElse(0)));
    } catch (Malformed fault) {
      return new Refused(status, "http-" + status, "HTTP " + status, Duration.ZERO);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
