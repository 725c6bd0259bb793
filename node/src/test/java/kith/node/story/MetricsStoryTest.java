package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.metrics.OpenMetricsText;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("story")
class MetricsStoryTest {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;q=0.9";
  private static TestNode node;

  @BeforeAll
  static void startNode() {
    node = TestNode.start(Map.of("kith.rooms.relay-entries", "4"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  private static HttpResponse<String> get(String... headers) {
    var request = HttpRequest.newBuilder(node.uri("/metrics")).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) request.headers(headers);
    try {
      return Rest.CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException fault) {
      throw new AssertionError(fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private static OpenMetricsText figures() {
    return OpenMetricsText.read(get("Accept", OPEN_METRICS).body());
  }

  /// Some metrics are updated a moment after the response.
  private static OpenMetricsText figuresWhen(Predicate<OpenMetricsText> wanted) {
    var deadline = Instant.now().plusSeconds(20);
    while (true) {
      var read = figures();
      if (wanted.test(read) || Instant.now().isAfter(deadline)) return read;
    }
  }

  @Test
  void aConversationIsCountedInTheMetrics() {
    var before = figures();
    var ann = Person.signsUp(node.uri("/"), "ann");
    var bob = Person.signsUp(node.uri("/"), "bob");
    var room = ann.makesRoom("garden", Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    bob.connects();
    ann.opens(room);
    bob.opens(room);
    for (var i = 1; i <= 10; i++) {
      ann.says(room, "line " + i);
      bob.sees(room, "line " + i);
    }
    ann.says(new ClientFrame.Send("empty", room, " ", OptionalLong.empty()));
    assertThat(ann.isRefused("empty").code()).isEqualTo("empty-body");
    ann.sees(room, "line 10");

    var now = new Growth(before, figures());
    assertThat(now.of("kith_sockets")).isEqualTo(2);
    assertThat(now.of("kith_sockets_opened_total")).isEqualTo(2);
    assertThat(now.of("kith_rooms")).isEqualTo(1);
    assertThat(now.of("kith_relays")).isEqualTo(1);
    assertThat(now.of("kith_messages_accepted_total")).isEqualTo(10);
    assertThat(now.of("kith_entries_committed_total")).isEqualTo(12);
    assertThat(now.of("kith_deliveries_total")).isEqualTo(20);
    assertThat(now.of("kith_relay_batch_posts_sum")).isEqualTo(10);
    assertThat(now.of("kith_relay_batch_answer_seconds_count")).isEqualTo(10);
    assertThat(now.of("kith_journal_write_seconds_count")).isEqualTo(12);
    assertThat(now.of("kith_journal_write_seconds_sum")).isPositive();
    assertThat(now.of("kith_refusals_total", "code", "empty-body")).isEqualTo(1);
    assertThat(now.of("kith_password_hash_seconds_count")).isEqualTo(2);
    assertThat(now.of("kith_password_hashes_waiting")).isZero();
    assertThat(now.of("kith_http_requests_total", "status", "2xx")).isGreaterThanOrEqualTo(4);
    assertThat(now.of("kith_http_requests_total", "status", "1xx")).isEqualTo(2);
    assertThat(now.of("kith_socket_received_bytes_total")).isPositive();
    assertThat(now.of("kith_socket_sent_bytes_total")).isPositive();

    var late = bob.onAnotherDevice();
    late.connects();
    late.opens(room, 0);
    assertThat(figures().value("kith_session_catch_ups_total")).isPositive();
    late.close();
    ann.close();
    bob.close();
    var after = figuresWhen(it -> it.value("kith_sockets") == 0);
    assertThat(after.value("kith_sockets")).isZero();
    assertThat(new Growth(before, after).of("kith_sockets_opened_total")).isEqualTo(3);
  }

  private record Growth(OpenMetricsText before, OpenMetricsText now) {
    double of(String name, String... labels) {
      return now.value(name, labels) - before.value(name, labels);
    }
  }

  @Test
  void theMetricsCoverTheClusterAndTheDatabase() {
    var now = figures();
    assertThat(now.value("kith_cluster_members", "state", "up")).isEqualTo(1);
    assertThat(now.value("kith_cluster_members", "state", "leaving")).isZero();
    assertThat(now.value("kith_cluster_unreachable_members")).isZero();
    var active = now.value("kith_database_connections", "state", "active");
    var idle = now.value("kith_database_connections", "state", "idle");
    assertThat(active + idle).isPositive();
    assertThat(now.value("kith_database_waiting_threads")).isZero();
  }

  @Test
  void restRefusalsAreCountedWithSocketRefusals() {
    var before = figures().value("kith_refusals_total", "code", "not-found");

    assertThat(new Rest(node.uri("/"), Optional.empty()).get("/nowhere").status()).isEqualTo(404);

    assertThat(figures().value("kith_refusals_total", "code", "not-found")).isEqualTo(before + 1);
  }

  @Test
  void theMetricsContainNoUserOrRoomNames() {
    var eve = Person.signsUp(node.uri("/"), "eve-the-unusual");
    var room = eve.makesRoom("secret-garden", Visibility.PRIVATE);

    assertThat(get().body()).doesNotContain("eve-the-unusual", "secret-garden", room);
  }

  @Test
  void proxiedRequestsForMetricsAreRefused() {
    for (var header : new String[] {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"}) {
      var answer = get(header, header.equals("Forwarded") ? "for=192.0.2.1" : "192.0.2.1");
      assertThat(answer.statusCode()).as(header).isEqualTo(403);
      assertThat(answer.body()).contains("not-allowed").doesNotContain("kith_sockets");
    }
  }

  @Test
  void metricsAreServedInBothFormats() {
    assertThat(get().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(get("Accept", OPEN_METRICS).headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
  }
}
