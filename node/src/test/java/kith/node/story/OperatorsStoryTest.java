package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kith.node.TestNode;
import kith.node.person.TestPorts;
import kith.node.platform.config.StartFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Operators' endpoints on the port for clients, and on a port of their own.
@Tag("story")
class OperatorsStoryTest {
  private static final String ASK = "{\"uses\":1,\"validMillis\":600000}";

  /// The first line of the answer.
  private static String ask(int port, String method, String path, String... headers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      var body = method.equals("POST") ? ASK : "";
      var request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
              .formatted(
                  method,
                  path,
                  body.length(),
                  String.join("", List.of(headers).stream().map(it -> it + "\r\n").toList()),
                  body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void withAnOperatorsPortClientsReachNoOperatorPathInAnySpelling() throws IOException {
    var own = TestPorts.free();
    try (var node = TestNode.start(Map.of("kith.http.operators.port", Integer.toString(own)))) {
      for (var path :
          List.of(
              "/cluster",
              "/%63luster",
              "/./cluster",
              "/v1/../cluster",
              "//cluster",
              "/cluster/",
              "/metrics",
              "/%6detrics",
              "/./metrics"))
        assertThat(ask(node.port(), "GET", path)).as(path).startsWith("HTTP/1.1 404 ");
      for (var path : List.of("/invitations", "/token-keys", "/projections/mentions/rebuild"))
        assertThat(ask(node.port(), "POST", path)).as(path).startsWith("HTTP/1.1 404 ");
      for (var path : List.of("/cluster", "/metrics"))
        assertThat(ask(own, "GET", path)).as(path).startsWith("HTTP/1.1 200 ");
      assertThat(ask(own, "POST", "/invitations")).startsWith("HTTP/1.1 201 ");
      assertThat(ask(own, "POST", "/projections/mentions/rebuild")).startsWith("HTTP/1.1 200 ");
      assertThat(ask(own, "GET", "/v1/rooms")).startsWith("HTTP/1.1 404 ");
      for (var port : List.of(own, node.port()))
        for (var path : List.of("/ready", "/alive"))
          assertThat(ask(port, "GET", path)).as(path).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void theClusterIsShownOnlyToTheAddressesThatMaySeeIt() throws IOException {
    try (var node = TestNode.start()) {
      assertThat(ask(node.port(), "GET", "/cluster")).startsWith("HTTP/1.1 200 ");
      // through a proxy, the address is not the client's
      assertThat(ask(node.port(), "GET", "/cluster", "X-Forwarded-For: 127.0.0.1"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(ask(node.port(), "GET", "/%63luster", "X-Forwarded-For: 127.0.0.1"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void aPortInUseIsNamedAtTheStart() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> TestNode.start(Map.of("kith.http.operators.port", port)).close())
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("kith.http.operators.port");
    }
  }
}
