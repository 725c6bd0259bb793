package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aNodeThatCanServeIsReady() throws Exception {
    var response = ask("/ready", Optional.empty());

    assertThat(response.status().intValue()).isEqualTo(200);
    assertThat(body(response)).isEqualTo("{\"ready\":true}");
  }

  @Test
  void aNodeThatCannotServeReturnsTheReason() throws Exception {
    var response = ask("/ready", Optional.of("The database does not answer."));

    assertThat(response.status().intValue()).isEqualTo(503);
    assertThat(body(response))
        .isEqualTo("{\"ready\":false,\"reason\":\"The database does not answer.\"}");
  }

  @Test
  void aNodeThatCannotServeIsStillAlive() throws Exception {
    assertThat(ask("/alive", Optional.of("Not yet.")).status().intValue()).isEqualTo(200);
  }

  private static HttpResponse ask(String path, Optional<String> whyNot) throws Exception {
    var routes = new HealthRoutes(() -> CompletableFuture.completedFuture(whyNot));
    return routes
        .route()
        .handler(kit.system())
        .apply(HttpRequest.GET(path))
        .toCompletableFuture()
        .get();
  }

  private static String body(HttpResponse response) throws Exception {
    return response
        .entity()
        .toStrict(1_000, kit.system())
        .toCompletableFuture()
        .get()
        .getData()
        .utf8String();
  }
}
