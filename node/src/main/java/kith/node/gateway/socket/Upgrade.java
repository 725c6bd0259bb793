package kith.node.gateway.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/// Passed with the requests of one connection, so that one of them can turn it into a WebSocket,
/// and that the connection knows whether a request is under way.
public final class Upgrade {
  private static final AttributeKey<Upgrade> KEY = AttributeKey.create("upgrade", Upgrade.class);

  /// The socket that the connection becomes after the answer.
  record Socket(Outbox outbox, SocketSettings settings) {}

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable Socket socket;
  private volatile boolean gone;

  /// Called with each request of the connection, in order, as soon as its head has arrived.
  public HttpRequest on(HttpRequest request) {
    open.incrementAndGet();
    received.incrementAndGet();
    return request.addAttribute(KEY, this);
  }

  /// The request has its answer.
  void answered() {
    open.decrementAndGet();
  }

  /// The number of requests so far.
  long received() {
    return received.get();
  }

  boolean hasOpenRequest() {
    return open.get() > 0;
  }

  static Upgrade of(HttpRequest request) {
    return request
        .getAttribute(KEY)
        .orElseThrow(() ->
            new IllegalStateException(
                "this request's connection cannot be upgraded to a WebSocket"));
  }

  /// The next answer of the connection is a handshake.
  void to(Socket socket) {
    this.socket = socket;
    if (gone) socket.outbox().end();
  }

  /// The connection has ended before it became a socket.
  void gone() {
    gone = true;
    var never = socket;
    if (never != null) never.outbox().end();
  }

  @Nullable Socket socket() {
    return socket;
  }
}
