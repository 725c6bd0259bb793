package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AnswerProxyTest {
  private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

  private final CopyOnWriteArrayList<String> served = new CopyOnWriteArrayList<>();

  @Test
  void onlyTheMarkedResponseIsLostAfterTheNodeHasServedTheRequest() throws Exception {
    var node = httpNode();
    try (var proxy = new AnswerProxy(url(node.getAddress().getPort()));
        var http = HttpClient.newHttpClient()) {
      proxy.lose("POST /rooms ", 1);

      assertThat(post(http, proxy, "/accounts")).isEqualTo("done");
      assertThatThrownBy(() -> post(http, proxy, "/rooms")).isInstanceOf(IOException.class);
      assertThat(post(http, proxy, "/rooms")).isEqualTo("done");

      assertThat(served).containsExactly("/accounts", "/rooms", "/rooms");
      assertThat(proxy.lost()).isEqualTo(1);
    } finally {
      node.stop(0);
    }
  }

  @Test
  void theMarkedFrameIsLostAndThoseBeforeItArrive() throws Exception {
    var before = "{\"type\":\"welcome\"}" + " ".repeat(300);
    try (var node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var proxy = new AnswerProxy(url(node.getLocalPort()));
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.url().getPort())) {
      proxy.lose("\"id\":\"a1\"", 1);
      client
          .getOutputStream()
          .write("GET /v1/socket HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      try (var accepted = node.accept()) {
        var out = accepted.getOutputStream();
        out.write(UPGRADED.getBytes(StandardCharsets.US_ASCII));
        out.write(frame(before));
        out.flush();
        var in = client.getInputStream();
        assertThat(in.readNBytes(UPGRADED.length())).asString().isEqualTo(UPGRADED);
        assertThat(in.readNBytes(frame(before).length)).isEqualTo(frame(before));

        out.write(frame("{\"type\":\"ack\",\"id\":\"a1\"}"));
        out.flush();

        assertThat(isReset(in)).isTrue();
        assertThat(proxy.lost()).isEqualTo(1);
      }
    }
  }

  private HttpServer httpNode() throws IOException {
    var node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          served.add(exchange.getRequestURI().getPath());
          var body = "done".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
    return node;
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static String post(HttpClient http, AnswerProxy proxy, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(proxy.url().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static byte[] frame(String text) {
    var payload = text.getBytes(StandardCharsets.UTF_8);
    var frame = new ByteArrayOutputStream();
    frame.write(0x81);
    if (payload.length < 126) frame.write(payload.length);
    else {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private static boolean isReset(InputStream in) throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
