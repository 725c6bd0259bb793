package kith.node.gateway.socket;

import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/// Passed with the requests of one connection, so that one of them can turn it into a WebSocket.
public final class Upgrade {
  private static final AttributeKey<Upgrade> KEY = AttributeKey.create("upgrade", Upgrade.class);

  /// The socket that the connection becomes after the answer.
  record Socket(Outbox outbox, SocketSettings settings) {}

  private volatile @Nullable Socket socket;

  public HttpRequest on(HttpRequest request) {
    return request.addAttribute(KEY, this);
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
  }

  @Nullable Socket socket() {
    return socket;
  }
}
