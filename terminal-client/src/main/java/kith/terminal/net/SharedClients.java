package kith.terminal.net;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kith.protocol.tls.HttpClients;

/// The HTTP clients of this process: one for all servers with TLS, and one for all without. All
/// requests, transfers and sockets share their threads and connections: a login leaves a
/// connection, over TLS with its handshake, to the request that follows.
public final class SharedClients {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  /// As long as the JVM would wait for the threads of the clients.
  private static final Duration TO_SHUT_DOWN = Duration.ofMillis(300);

  private static final SharedClients OF_PROCESS = new SharedClients();

  private final Map<Boolean, HttpClient> clients = new ConcurrentHashMap<>();

  SharedClients() {}

  public static SharedClients ofProcess() {
    return OF_PROCESS;
  }

  HttpClient of(URI node) {
    return clients.computeIfAbsent(
        HttpClients.isSecure(node),
        _ -> HttpClients.forSchemeOf(node).connectTimeout(TO_CONNECT).build());
  }

  /// Ends the threads of all clients, before the process ends. The JVM waits 300 ms when it exits
  /// while a thread waits in a system call, as the threads of open clients do.
  public void shutDown() throws InterruptedException {
    clients.values().forEach(HttpClient::shutdownNow);
    for (var client : clients.values()) client.awaitTermination(TO_SHUT_DOWN);
  }
}
