package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The JDK's WebSocket client and the messages it received.
record JdkClient(WebSocket socket, Transcript transcript) {
  void sees(String expected) throws InterruptedException {
    assertThat(transcript.seen.poll(3, TimeUnit.MINUTES)).isEqualTo(expected);
  }

  static final class Transcript implements WebSocket.Listener {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        seen.add("text " + text);
        text.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
      seen.add("pong " + message.remaining());
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      seen.add("close " + code + " " + reason);
      return CompletableFuture.completedFuture(null);
    }
  }
}
