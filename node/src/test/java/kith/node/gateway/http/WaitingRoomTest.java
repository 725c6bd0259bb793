package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final HttpClient client = HttpClient.newHttpClient();

  private String reason = "The node forms a cluster.";
  private WaitingRoom room;

  @BeforeEach
  void open() throws Exception {
    room = WaitingRoom.open("127.0.0.1", 0, () -> reason);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void aWaitingNodeIsNotReadyAndNamesTheStep() throws Exception {
    reason = "The database \"chat\" does not answer.";
    var response = get("/ready?verbose");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo("{\"ready\":false,\"reason\":\"The database \\\"chat\\\" does not answer.\"}");
  }

  @Test
  void aWaitingNodeIsAlive() throws Exception {
    assertThat(get("/alive").statusCode()).isEqualTo(200);
  }

  @Test
  void otherRequestsAreRefusedAsUnavailable() throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/v1/tokens"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    var response = client.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"code\":\"unavailable\"", "The node forms a cluster.");
  }

  @Test
  void anIncompleteOrMeaninglessRequestDoesNotDisturbOthers() throws Exception {
    try (var silent = new Socket(InetAddress.getLoopbackAddress(), room.port());
        var confused = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
      confused.getOutputStream().write("hello\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(confused.getInputStream().readAllBytes()).isEmpty();

      assertThat(get("/alive").statusCode()).isEqualTo(200);
      assertThat(silent.isClosed()).isFalse();
    }
  }

  @Test
  void thePortIsFreeWhenTheWaitingRoomIsClosed() throws Exception {
    assertThatThrownBy(() -> WaitingRoom.open("127.0.0.1", room.port(), () -> reason))
        .isInstanceOf(BindException.class);

    get("/alive");
    room.close();
    WaitingRoom.open("127.0.0.1", room.port(), () -> reason).close();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + room.port() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }
}
