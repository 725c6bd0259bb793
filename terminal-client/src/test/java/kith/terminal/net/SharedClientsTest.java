package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/// The HTTP clients of a process.
class SharedClientsTest {

  @Test
  void allServersWithoutTlsShareAClient() {
    var clients = new SharedClients();

    assertThat(clients.of(URI.create("http://127.0.0.1:1")))
        .isSameAs(clients.of(URI.create("http://127.0.0.2:2")))
        .isNotSameAs(clients.of(URI.create("https://127.0.0.1:1")));
  }

  @Test
  void noThreadOfAClientIsLeftAfterItsConnectionWasUsed() throws IOException, InterruptedException {
    var clients = new SharedClients();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      var node = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      var client = clients.of(node);
      client.send(HttpRequest.newBuilder(node).build(), BodyHandlers.discarding());

      clients.shutDown();

      assertThat(client.isTerminated()).isTrue();
    } finally {
      server.stop(0);
    }
  }
}
