package kith.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A member of the room that connects, watches presence, and disconnects.
final class PresenceClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final Member member;
  private final String frames;
  private final PresenceStats stats;
  private CompletableFuture<Optional<WebSocket>> socket =
      CompletableFuture.completedFuture(Optional.empty());

  /// @param frames sent after `hello`, one per line
  PresenceClient(URI node, Member member, String frames, PresenceStats stats) {
    this.address = URI.create(node.toString().replaceFirst("^http", "ws")).resolve("/v1/socket");
    this.member = member;
    this.frames = frames;
    this.stats = stats;
  }

  void connect() {
    stats.connected(member.user());
    socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("kith.v1")
            .buildAsync(address, new Listener())
            .thenCompose(this::hello)
            .exceptionally(_ -> {
              stats.failed();
              return Optional.empty();
            });
  }

  private CompletionStage<Optional<WebSocket>> hello(WebSocket open) {
    var hello = "{\"type\":\"hello\",\"token\":\"" + member.token() + "\"}";
    CompletionStage<WebSocket> said = open.sendText(hello, true);
    for (var frame : frames.lines().toList())
      said = said.thenCompose(it -> it.sendText(frame, true));
    return said.thenApply(Optional::of);
  }

  void disconnect() {
    var _ = socket.thenAccept(it -> it.ifPresent(WebSocket::abort));
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      partial.append(data);
      if (isLast) {
        stats.received(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      // the client itself disconnected: nothing to count
    }
  }
}
