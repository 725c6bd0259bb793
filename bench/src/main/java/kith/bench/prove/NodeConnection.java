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

/// A WebSocket to a node, used by one thread.
final class NodeConnection implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(3);
  private static final Duration SENDING = Duration.ofSeconds(5);

  /// Time without a frame after which the node is pinged, and after which it is considered dead.
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration DEAD = Duration.ofSeconds(4);

  private final WebSocket socket;
  private final FrameQueue frames;
  private final Patience patience;
  private boolean pinged;

  private NodeConnection(WebSocket socket, FrameQueue frames, Patience patience) {
    this.socket = socket;
    this.frames = frames;
    this.patience = patience;
  }

  static NodeConnection open(HttpClient http, URI node, Patience patience)
      throws ConnectionLost, InterruptedException {
    var connecting = patience.of(CONNECTING);
    var frames = new FrameQueue();
    var opening =
        http.newWebSocketBuilder()
            .subprotocols("kith.v1")
            .connectTimeout(connecting)
            .buildAsync(address(node), frames);
    try {
      return new NodeConnection(
          opening.get(connecting.toMillis(), TimeUnit.MILLISECONDS), frames, patience);
    } catch (ExecutionException fault) {
      throw reason(fault);
    } catch (TimeoutException late) {
      var _ = opening.thenAccept(WebSocket::abort);
      throw ConnectionLost.bySilence("no connection in time");
    }
  }

  private static URI address(URI node) {
    var scheme = "https".equals(node.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + node.getAuthority() + "/v1/socket");
  }

  private static ConnectionLost reason(ExecutionException fault) {
    return switch (fault.getCause()) {
      case WebSocketHandshakeException answer ->
          new ConnectionLost("refused with " + answer.getResponse().statusCode());
      case HttpTimeoutException _ -> ConnectionLost.bySilence("no connection in time");
      case ConnectException _ -> new ConnectionLost("connection refused");
      case null, default -> new ConnectionLost("no connection");
    };
  }

  void send(ClientFrame frame) throws ConnectionLost, InterruptedException {
    await(socket.sendText(Json.text(frame), true));
  }

  private void await(Future<?> sending) throws ConnectionLost, InterruptedException {
    try {
      sending.get(patience.of(SENDING).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException broken) {
      throw new ConnectionLost("broken");
    } catch (TimeoutException stuck) {
      throw ConnectionLost.bySilence("not accepting data");
    }
  }

  /// The next frame, or empty if none arrives within `longest`.
  Optional<ServerFrame> receive(Duration longest) throws ConnectionLost, InterruptedException {
    var heard = frames.next(longest);
    if (heard.isEmpty()) {
      pingIfSilent();
      return Optional.empty();
    }
    pinged = false;
    return switch (heard.get()) {
      case FrameQueue.Event.End(var why) -> throw new ConnectionLost(why);
      case FrameQueue.Event.Frame(var json) -> {
        socket.request(1);
        yield read(json);
      }
    };
  }

  /// The time after which the node is pinged, or considered dead, unless a frame arrives.
  Duration untilSilent() {
    return (pinged ? patience.of(DEAD) : QUIET).minus(frames.silence());
  }

  private void pingIfSilent() throws ConnectionLost, InterruptedException {
    var silence = frames.silence();
    if (silence.compareTo(patience.of(DEAD)) > 0) throw ConnectionLost.bySilence("silent");
    if (pinged || silence.compareTo(QUIET) < 0) return;
    pinged = true;
    send(new ClientFrame.Ping(Optional.empty()));
  }

  /// Frames of an unknown type are ignored, as the protocol requires.
  private static Optional<ServerFrame> read(String json) throws ConnectionLost {
    try {
      return switch (Json.serverFrame(json)) {
        case ServerFrame.Goodbye(var code, _, var after) ->
            throw ConnectionLost.byGoodbye(code, millis(after));
        case ServerFrame frame -> Optional.of(frame);
      };
    } catch (Malformed fault) {
      if (fault.code() == Code.UNKNOWN_TYPE) return Optional.empty();
      throw new ConnectionLost("malformed frame");
    }
  }

  private static Duration millis(OptionalLong millis) {
    return Duration.ofMillis(millis.orElse(0));
  }

  /// Closes without waiting for an answer; the node still reads frames sent before.
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, _) -> socket.abort());
    } else socket.abort();
  }
}
