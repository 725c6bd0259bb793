package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests that come faster than the node accepts them.
@Tag("story")
class RequestRateStoryTest {
  /// More than a burst, and more than a slow machine gets answers in the time of a refill.
  private static final int MANY = 200;

  private static HttpResponse<String> get(TestNode node, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(node.uri(path));
    if (headers.length > 0) request.headers(headers);
    return Rest.CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> refused(TestNode node, String path, String... headers)
      throws IOException, InterruptedException {
    var answer = get(node, path, headers);
    for (int i = 0; i < MANY && answer.statusCode() != 429; i++) answer = get(node, path, headers);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("\"code\":\"rate-limited\"", "retryAfterMillis");
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    return answer;
  }

  @Test
  void anAccountThatAsksTooFastGetsATimeToWait() throws Exception {
    var slow = Map.of("kith.http.requests.per-second", "1", "kith.http.requests.burst", "5");
    try (var node = TestNode.start(slow)) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var bob = Person.signsUp(node.uri("/"), "bob");

      refused(node, "/v1/account", "authorization", "Bearer " + ann.accessToken());

      assertThat(
              get(node, "/v1/account", "authorization", "Bearer " + bob.accessToken()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void anAddressThatAsksTooFastStillGetsProbesAndSockets() throws Exception {
    var slow =
        Map.of(
            "kith.http.requests.address-per-second", "1",
            "kith.http.requests.address-burst", "5",
            "kith.http.trusted-proxies", "127.0.0.0/8");
    try (var node = TestNode.start(slow)) {
      for (var path : List.of("/v1/rooms", "/%76%31/rooms", "/openapi.json")) refused(node, path);

      assertThat(get(node, "/ready").statusCode()).isEqualTo(200);
      assertThat(get(node, "/v1/socket").statusCode()).isNotEqualTo(429);
      assertThat(get(node, "/v1/rooms", "x-forwarded-for", "192.0.2.1").statusCode())
          .isEqualTo(401);
    }
  }
}
