package kith.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class HttpClientsTest {
  private static final URI SECURE = URI.create("https://chat.example.org");

  @Test
  void aClientForAddressesWithoutTlsGetsAnswersAndHasNoTls() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

    try (var client = HttpClients.forSchemeOf(address).build()) {
      var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThatThrownBy(() -> client.sslContext().createSSLEngine())
          .isInstanceOf(IllegalStateException.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aClientForAddressesWithTlsTrustsTheDefaultAuthorities() throws Exception {
    try (var client = HttpClients.forSchemeOf(SECURE).build()) {
      assertThat(client.sslContext()).isSameAs(SSLContext.getDefault());
    }
  }
}
