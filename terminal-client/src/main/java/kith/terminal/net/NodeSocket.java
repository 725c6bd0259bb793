package kith.terminal.net;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.jspecify.annotations.Nullable;

/// One WebSocket as a source of inputs. It requests the next frame when the previous one was
/// handled.
final class NodeSocket implements WebSocket.Listener {
  /// Far above the size of any valid frame.
  private static final int MAX_CHARS = 32 * 1024 * 1024;

  /// The number of frames that may arrive before the first one is handled. With 0 the JDK's
  /// WebSocket does not report a close that arrives directly after a frame.
  private static final int FRAMES_AHEAD = 8;

  private static final int MAX_FRAMES_WAITING = 4_096;

  private final long number;
  private final Consumer<SessionInput> inputs;
  private final StringBuilder partial = new StringBuilder();
  private final ArrayDeque<String> unsent = new ArrayDeque<>();
  private boolean writing;
  private boolean dropped;
  private @Nullable WebSocket socket;

  private NodeSocket(long number, Consumer<SessionInput> inputs) {
    this.number = number;
    this.inputs = inputs;
  }

  static NodeSocket dial(long number, URI node, Consumer<SessionInput> inputs) {
    var socket = new NodeSocket(number, inputs);
    var _ =
        SharedClients.ofProcess()
            .of(node)
            .newWebSocketBuilder()
            .subprotocols("kith.v1")
            .connectTimeout(Duration.ofSeconds(10))
            .buildAsync(address(node), socket)
            .whenComplete((_, fault) -> {
              if (fault != null) socket.lost(reason(fault, node));
            });
    return socket;
  }

  static URI address(URI node) {
    var text = node.toString();
    var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(base.replaceFirst("^http", "ws") + "/v1/socket");
  }

  private static String reason(Throwable fault, URI node) {
    var cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    return cause instanceof WebSocketHandshakeException refused
        ? node + " refused the socket with HTTP status " + refused.getResponse().statusCode() + "."
        : "Nothing answers at " + node + ".";
  }

  @Override
  public void onOpen(WebSocket opened) {
    synchronized (this) {
      socket = opened;
      if (dropped) {
        opened.abort();
        return;
      }
    }
    inputs.accept(new SessionInput.Connected(number));
    opened.request(FRAMES_AHEAD);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (partial.length() + data.length() > MAX_CHARS) {
      drop();
      lost("The server sent a frame that is too large.");
      return null;
    }
    partial.append(data);
    if (!last) {
      from.request(1);
      return null;
    }
    var text = partial.toString();
    partial.setLength(0);
    inputs.accept(input(text));
    return null;
  }

  private SessionInput input(String text) {
    try {
      return new SessionInput.Received(number, Json.serverFrame(text));
    } catch (Malformed _) {
      // a frame type of a later protocol version: ignored, but it proves that the node is alive
      return new SessionInput.Heard(number);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    inputs.accept(new SessionInput.Heard(number));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    inputs.accept(new SessionInput.Heard(number));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    inputs.accept(new SessionInput.Heard(number));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    inputs.accept(
        new SessionInput.Lost(
            number, OptionalLong.of(code), "The server closed the connection (" + code + ")."));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    lost("The connection broke.");
  }

  private void lost(String reason) {
    inputs.accept(new SessionInput.Lost(number, OptionalLong.empty(), reason));
  }

  /// The last frame was handled: requests the next one.
  synchronized void requestNext() {
    if (socket != null) socket.request(1);
  }

  /// Sends frames one at a time, in order. A failed write is reported as `Lost`.
  synchronized void send(ClientFrame frame) {
    if (unsent.size() >= MAX_FRAMES_WAITING) {
      drop();
      lost("The server has stopped reading.");
      return;
    }
    unsent.add(Json.text(frame));
    write();
  }

  private synchronized void write() {
    if (writing || socket == null || unsent.isEmpty()) return;
    writing = true;
    CompletableFuture<WebSocket> written = socket.sendText(unsent.remove(), true);
    var _ = written.whenComplete((_, fault) -> written(fault));
  }

  private void written(@Nullable Throwable fault) {
    synchronized (this) {
      writing = false;
      if (fault == null) write();
    }
    if (fault != null) lost("The connection broke.");
  }

  synchronized void drop() {
    dropped = true;
    unsent.clear();
    if (socket == null) return;
    // send a close frame if that is possible at once, and do not wait for the answer
    var _ =
        socket
            .sendClose(WebSocket.NORMAL_CLOSURE, "")
            .orTimeout(2, TimeUnit.SECONDS)
            .whenComplete((_, _) -> abort());
  }

  private synchronized void abort() {
    if (socket != null) socket.abort();
  }
}
