package kith.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/// A WebSocket used by one thread that waits for one answer at a time.
final class TextSocket implements AutoCloseable, WebSocket.Listener {
  private static final Duration CONNECTING = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String END = "";
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  /// Says hello, and opens the room.
  static TextSocket open(HttpClient http, URI node, String token, String room) {
    var opened = new TextSocket();
    var address = URI.create("ws://" + node.getAuthority() + "/v1/socket");
    try {
      opened.socket =
          http.newWebSocketBuilder()
              .subprotocols("kith.v1")
              .connectTimeout(CONNECTING)
              .buildAsync(address, opened)
              .join();
    } catch (CompletionException fault) {
      throw new BenchFailure("no WebSocket to " + node + ": " + fault.getCause(), fault);
    }
    opened.send(new ClientFrame.Hello(Optional.of(token), java.util.Map.of()));
    if (opened.await("\"type\":\"welcome\"").isEmpty())
      throw new BenchFailure("the node did not answer hello");
    opened.send(new ClientFrame.Open(room, OptionalLong.empty()));
    return opened;
  }

  void send(ClientFrame frame) {
    if (socket == null) throw new IllegalStateException("not open");
    try {
      socket.sendText(Json.text(frame), true).join();
    } catch (CompletionException ended) {
      frames.add(END);
    }
  }

  /// The `seq` of the ack of this post; empty if the connection ended before.
  OptionalLong ack(String id) {
    var frame = await("\"type\":\"ack\",\"id\":\"" + id + "\"");
    if (frame.isEmpty()) return OptionalLong.empty();
    var seq = SEQ.matcher(frame.get());
    if (!seq.find()) throw new BenchFailure("an ack without seq: " + frame.get());
    return OptionalLong.of(Long.parseLong(seq.group(1)));
  }

  /// The next frame with this text; empty if the connection ended before.
  private Optional<String> await(String text) {
    try {
      for (; ; ) {
        var frame = frames.poll(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) throw new BenchFailure("no answer with " + text + " in time");
        if (frame.equals(END)) return Optional.empty();
        if (frame.contains("\"type\":\"error\"")) throw new BenchFailure("refused: " + frame);
        if (frame.contains(text)) return Optional.of(frame);
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    partial.append(part);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    frames.add(END);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    frames.add(END);
  }

  @Override
  public void close() {
    if (socket != null) socket.abort();
  }
}
