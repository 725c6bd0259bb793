package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// REST requests to a server that need not be a node.
class HttpTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void startAServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answers(int status, String body, long times) {
    server.createContext(
        "/",
        exchange -> {
          var part = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, 0);
          try (var out = exchange.getResponseBody()) {
            for (long i = 0; i < times; i++) out.write(part);
          }
        });
  }

  private String ask() {
    var node = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Http(List.of(node)).ask("GET", "/alive", Optional.empty(), Optional.empty());
  }

  private static final String TOO_FAST =
      """
      {"type":"about:blank","title":"Rate limited","status":429,"code":"rate-limited",\
      "detail":"Too many requests.","retryAfterMillis":1500}\
      """;

  private final List<Long> pauses = new ArrayList<>();

  private String askPatiently() {
    var node = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Http(List.of(node), pauses::add)
        .ask("GET", "/alive", Optional.empty(), Optional.empty());
  }

  /// Answers each request with the next of these bodies, and status 200 for the last one.
  private void answersInTurn(int status, String retryAfter, String... bodies) {
    var left = new ArrayDeque<>(List.of(bodies));
    server.createContext(
        "/",
        exchange -> {
          var body = left.removeFirst().getBytes(StandardCharsets.UTF_8);
          if (!retryAfter.isEmpty()) exchange.getResponseHeaders().add("retry-after", retryAfter);
          exchange.sendResponseHeaders(left.isEmpty() ? 200 : status, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  @Test
  void aRequestThatIsTooFastIsRepeatedAfterTheTimeThatTheNodeNames() {
    answersInTurn(429, "2", TOO_FAST, TOO_FAST, "done");

    assertThat(askPatiently()).isEqualTo("done");
    assertThat(pauses).containsExactly(1500L, 1500L);
  }

  @Test
  void aProxysRetryAfterIsObeyed() {
    answersInTurn(429, "3", "slow down", "done");

    assertThat(askPatiently()).isEqualTo("done");
    assertThat(pauses).containsExactly(3000L);
  }

  @Test
  void aLongWaitOrOneAboutPasswordsIsLeftToTheUser() {
    answersInTurn(429, "60", "slow down", "done");
    assertThatThrownBy(this::askPatiently).isInstanceOf(Refused.class);

    server.removeContext("/");
    answersInTurn(429, "2", TOO_FAST.replace("rate-limited", "too-many-attempts"), "done");
    assertThatThrownBy(this::askPatiently).isInstanceOf(Refused.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRequestThatStaysTooFastIsGivenUp() {
    answers(429, TOO_FAST, 1);

    assertThatThrownBy(this::askPatiently).isInstanceOf(Refused.class);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void anAnswerIsReadAsUtf8() {
    answers(200, "grüße 👩‍👩‍👧", 1);

    assertThat(ask()).isEqualTo("grüße 👩‍👩‍👧");
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() {
    answers(200, "x".repeat(64 * 1024), Long.MAX_VALUE);

    assertThatThrownBy(this::ask)
        .isInstanceOf(Unreachable.class)
        .hasMessage("The server's answer is larger than 16 MiB.");
  }

  @Test
  void aRefusalWithoutEndIsGivenUp() {
    answers(500, "x".repeat(64 * 1024), Long.MAX_VALUE);

    assertThatThrownBy(this::ask)
        .isInstanceOf(Unreachable.class)
        .hasMessage("The server's answer is larger than 16 MiB.");
  }

  @Test
  void anAnswerThatEndsTooEarlyIsABrokenConnection() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('x');
          exchange.close();
        });

    assertThatThrownBy(this::ask).hasMessageMatching("The connection to http://.* broke\\.");
  }

  @Test
  void aNodeThatIsStartingIsNotAServerWithoutADescription() {
    answers(503, TOO_FAST.replace("429", "503").replace("rate-limited", "unavailable"), 1);
    var logins =
        new Logins(List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));

    assertThatThrownBy(logins::description).isInstanceOf(Refused.class);
  }

  @Test
  void aServerWithoutADescriptionHasNone() {
    answers(404, "", 1);
    var logins =
        new Logins(List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));

    assertThat(logins.description()).isEmpty();
  }
}
