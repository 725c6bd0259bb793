package kith.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A receiver of webhooks whose answers the load chooses. Each path is a target of its own.
final class HookReceiver implements AutoCloseable {
  /// The manners in which a receiver answers.
  enum Manner {
    /// never, while the run lasts
    HANGS,
    /// at once, with 500
    FAILS,
    /// with 204 after a second
    SLOW,
    /// with 503, until it is back
    AWAY,
    /// with 204 at once
    PROMPT
  }

  private static final long SLOW_MILLIS = 1_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong requests = new AtomicLong();
  private final DeliveredEntries delivered = new DeliveredEntries();
  private volatile Manner manner;

  HookReceiver(Manner manner) throws IOException {
    this.manner = manner;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_000);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url(int target) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + target;
  }

  void becomes(Manner other) {
    manner = other;
  }

  /// All requests so far.
  long requests() {
    return requests.get();
  }

  /// The accepted entries, if there is one target only.
  DeliveredEntries.Count delivered() {
    return delivered.count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      exchange.getRequestBody().readAllBytes();
      switch (manner) {
        case HANGS -> {
          await(Long.MAX_VALUE);
          return;
        }
        case FAILS -> exchange.sendResponseHeaders(500, -1);
        case AWAY -> exchange.sendResponseHeaders(503, -1);
        case SLOW -> {
          await(SLOW_MILLIS);
          exchange.sendResponseHeaders(204, -1);
        }
        case PROMPT -> {
          delivered.received(exchange.getRequestHeaders().getFirst("webhook-id"));
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  private void await(long millis) {
    try {
      var _ = closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
