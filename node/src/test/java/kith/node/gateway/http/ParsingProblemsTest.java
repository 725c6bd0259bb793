package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("story")
class ParsingProblemsTest {
  private static TestNode node;

  @BeforeAll
  static void startNode() {
    node = TestNode.start();
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @Test
  void unparseableHttpIsAnsweredWithAProblem() throws IOException {
    assertThat(answerTo("GET /v1/users/%zz HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "\"malformed-request\"")
        .doesNotContain("%zz");
    assertThat(answerTo("GET /" + "x".repeat(5_000) + " HTTP/1.1"))
        .startsWith("HTTP/1.1 414")
        .contains("\"malformed-request\"");
  }

  @Test
  void aHeadRequestIsAnswered() throws IOException {
    assertThat(answerTo("HEAD /alive HTTP/1.1")).startsWith("HTTP/1.1 200");
  }

  private static String answerTo(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (request + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
