package kith.terminal.net;

import java.net.http.HttpClient;
import java.time.Duration;

/// The HTTP client of this process. Requests to all servers, transfers and sockets share its thread
/// and its connections: a login leaves a connection, over TLS with its handshake, to the request
/// that follows.
final class SharedClient {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  static final HttpClient INSTANCE = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();

  private SharedClient() {}
}
