package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
}
