package kith.terminal.net;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import kith.protocol.tls.HttpClients;

/// The HTTP clients of this process: one for all servers with TLS, and one for all without. All
/// requests, transfers and sockets share their threads and connections: a login leaves a
/// connection, over TLS with its handshake, to the request that follows.
final class SharedClient {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private static final class Secure {
    static final HttpClient CLIENT = client(URI.create("https:/"));
  }

  private static final class Plain {
    static final HttpClient CLIENT = client(URI.create("http:/"));
  }

  private SharedClient() {}

  static HttpClient of(URI node) {
    return HttpClients.isSecure(node) ? Secure.CLIENT : Plain.CLIENT;
  }

  private static HttpClient client(URI scheme) {
    return HttpClients.forSchemeOf(scheme).connectTimeout(TO_CONNECT).build();
  }
}
