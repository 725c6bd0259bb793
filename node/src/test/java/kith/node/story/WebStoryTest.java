package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The requests that pages of other sites may make, as browsers send them.
@Tag("story")
class WebStoryTest {
  private static final String PAGE = "https://chat.example.org";
  private static TestNode node;

  @BeforeAll
  static void startNode() {
    node = TestNode.start(Map.of("kith.http.allowed-origins", PAGE));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  /// The answer to a request of these lines.
  private static String answer(String... lines) throws IOException {
    return answerTo("", lines);
  }

  private static String answerTo(String body, String... lines) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(10_000);
      var request =
          String.join("\r\n", lines)
              + "\r\nConnection: close\r\nContent-Length: %d\r\n\r\n".formatted(body.length())
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String handshake(String host, String origin) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              """
              GET /v1/socket HTTP/1.1
              Host: %s
              Origin: %s
              Connection: Upgrade
              Upgrade: websocket
              Sec-WebSocket-Version: 13
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
              Sec-WebSocket-Protocol: kith.v1

              """
                  .formatted(host, origin)
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private static String headers(String answer) {
    return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
  }

  @Test
  void aForeignNameThatPointsToThisMachineIsRefused() throws IOException {
    for (var line : new String[] {"GET /cluster HTTP/1.1", "GET /v1/rooms HTTP/1.1"})
      assertThat(answer(line, "Host: evil.example:" + node.port()))
          .startsWith("HTTP/1.1 421 ")
          .contains("\"code\":\"host-not-allowed\"");
    assertThat(answer("GET http://evil.example/cluster HTTP/1.1", "Host: evil.example"))
        .startsWith("HTTP/1.1 421 ");
    assertThat(handshake("evil.example", "http://evil.example")).isEqualTo("HTTP/1.1 421");
    assertThat(handshake("localhost:" + node.port(), PAGE)).isEqualTo("HTTP/1.1 101");
  }

  @Test
  void aHandshakeWithoutTheSubprotocolGetsTheMissingField() throws IOException {
    assertThat(answer("GET /v1/socket HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"code\":\"bad-field\"", "'Sec-WebSocket-Protocol' must offer kith.v1");
  }

  @Test
  void aListedPageAsksBeforeItSends() throws IOException {
    var answer =
        answer(
            "OPTIONS /v1/account HTTP/1.1",
            "Host: localhost:" + node.port(),
            "Origin: " + PAGE,
            "Access-Control-Request-Method: PATCH",
            "Access-Control-Request-Headers: authorization,content-type");

    assertThat(answer).startsWith("HTTP/1.1 204 ");
    assertThat(headers(answer))
        .contains("access-control-allow-origin: " + PAGE)
        .contains("access-control-allow-credentials: true")
        .contains("access-control-allow-methods: get, post, put, patch, delete")
        .contains("access-control-allow-headers: authorization, content-type")
        .contains("vary: origin");
    assertThat(
            answer(
                "OPTIONS /v1/account HTTP/1.1",
                "Host: localhost:" + node.port(),
                "Origin: https://evil.example",
                "Access-Control-Request-Method: PATCH"))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"origin-not-allowed\"");
  }

  @Test
  void aListedPageReadsRefusalsToo() throws IOException {
    var answer =
        answer("GET /v1/account HTTP/1.1", "Host: localhost:" + node.port(), "Origin: " + PAGE);

    assertThat(answer).startsWith("HTTP/1.1 401 ");
    assertThat(headers(answer))
        .contains("access-control-allow-origin: " + PAGE)
        .contains("access-control-expose-headers: retry-after")
        .contains("cache-control: no-store")
        .contains("x-content-type-options: nosniff");
  }

  @Test
  void anAnswerInJsonIsNotStored() throws IOException {
    for (var path : new String[] {"/v1/nothing", "/ready", "/cluster"})
      assertThat(headers(answer("GET " + path + " HTTP/1.1", "Host: localhost")))
          .as(path)
          .contains("cache-control: no-store", "x-content-type-options: nosniff")
          .doesNotContain("strict-transport-security");
    assertThat(headers(answer("GET /docs HTTP/1.1", "Host: localhost")))
        .contains("x-content-type-options: nosniff")
        .doesNotContain("no-store");
  }

  @Test
  void aPageOfAnotherSiteCannotActAsAnOperator() throws IOException {
    for (var from : new String[] {"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}) {
      var rebuild = answer("POST /projections/mentions/rebuild HTTP/1.1", "Host: localhost", from);
      var invite =
          answerTo(
              "{\"uses\":1,\"validMillis\":600000}",
              "POST /invitations HTTP/1.1",
              "Host: localhost",
              "Content-Type: application/json",
              from);
      assertThat(rebuild).startsWith("HTTP/1.1 403 ");
      assertThat(invite).startsWith("HTTP/1.1 403 ").doesNotContain("token");
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsAnswered() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "POST /v1/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));

      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request-timeout\"");
    }
  }
}
