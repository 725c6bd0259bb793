package kith.bench.prove;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// One WebSocket to one node, used by one thread.
final class Link implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(3);
  private static final Duration SENDING = Duration.ofSeconds(5);

  /// How soon a silent node is asked whether it lives, and when it is taken for dead.
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration DEAD = Duration.ofSeconds(4);

  private final WebSocket socket;
  private final Ear ear;
  private boolean asked;

  private Link(WebSocket socket, Ear ear) {
    this.socket = socket;
    this.ear = ear;
  }

  static Link open(HttpClient http, URI node) throws LinkLost, InterruptedException {
    var ear = new Ear();
    var opening =
        http.newWebSocketBuilder()
            .subprotocols("kith.v1")
            .connectTimeout(CONNECTING)
            .buildAsync(address(node), ear);
    try {
      return new Link(opening.get(CONNECTING.toMillis(), TimeUnit.MILLISECONDS), ear);
    } catch (ExecutionException fault) {
      throw new LinkLost(reason(fault));
    } catch (TimeoutException late) {
      var _ = opening.thenAccept(WebSocket::abort);
      throw new LinkLost("no connection in time");
    }
  }

  private static URI address(URI node) {
    var scheme = "https".equals(node.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + node.getAuthority() + "/v1/socket");
  }

  private static String reason(ExecutionException fault) {
    return switch (fault.getCause()) {
      case WebSocketHandshakeException answer ->
          "refused with " + answer.getResponse().statusCode();
      case HttpTimeoutException _ -> "no connection in time";
      case ConnectException _ -> "nobody listens";
      case null, default -> "no connection";
    };
  }

  void say(ClientFrame frame) throws LinkLost, InterruptedException {
    await(socket.sendText(Json.text(frame), true));
  }

  private static void await(Future<?> sending) throws LinkLost, InterruptedException {
    try {
      sending.get(SENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException broken) {
      throw new LinkLost("broken");
    } catch (TimeoutException stuck) {
      throw new LinkLost("takes nothing");
    }
  }

  /// What comes next, or nothing if nothing came for so long.
  Optional<ServerFrame> hear(Duration longest) throws LinkLost, InterruptedException {
    var heard = ear.next(longest);
    if (heard.isEmpty()) {
      askWhetherItLives();
      return Optional.empty();
    }
    asked = false;
    return switch (heard.get()) {
      case Ear.Heard.End(var why) -> throw new LinkLost(why);
      case Ear.Heard.Frame(var json) -> {
        socket.request(1);
        yield read(json);
      }
    };
  }

  private void askWhetherItLives() throws LinkLost, InterruptedException {
    var silence = ear.silence();
    if (silence.compareTo(DEAD) > 0) throw new LinkLost("silent");
    if (asked || silence.compareTo(QUIET) < 0) return;
    asked = true;
    say(new ClientFrame.Ping(Optional.empty()));
  }

  /// Frames of a type that is not known here are ignored, as the protocol asks.
  private static Optional<ServerFrame> read(String json) throws LinkLost {
    try {
      return switch (Json.serverFrame(json)) {
        case ServerFrame.Goodbye(var code, _, var after) ->
            throw new LinkLost("goodbye " + code, millis(after));
        case ServerFrame frame -> Optional.of(frame);
      };
    } catch (Malformed fault) {
      if (fault.code() == Code.UNKNOWN_TYPE) return Optional.empty();
      throw new LinkLost("malformed frame");
    }
  }

  private static Duration millis(OptionalLong millis) {
    return Duration.ofMillis(millis.orElse(0));
  }

  /// Leaves without waiting for an answer; what the node was told before, it reads before.
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, _) -> socket.abort());
    } else socket.abort();
  }
}
