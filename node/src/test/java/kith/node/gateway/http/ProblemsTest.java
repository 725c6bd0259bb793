package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.withRequestTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static final ActorTestKit kit = LocalActors.create();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aTimeoutIsAnsweredWithAProblem() throws Exception {
    var never = new CompletableFuture<HttpResponse>();
    var route = withRequestTimeout(Duration.ofMillis(1), () -> completeWithFuture(never));
    var server =
        Http.get(kit.system())
            .newServerAt("127.0.0.1", 0)
            .bind(Problems.sealed(route))
            .toCompletableFuture()
            .join();

    try (var client = HttpClient.newHttpClient()) {
      var there = URI.create("http://127.0.0.1:" + server.localAddress().getPort());
      var answer = client.send(HttpRequest.newBuilder(there).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("\"unavailable\"");
    }
  }
}
