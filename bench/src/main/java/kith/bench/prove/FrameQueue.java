package kith.bench.prove;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Queues the frames of a WebSocket until the client takes them.
///
/// The next frame is requested when the previous one was taken, so at most one frame is queued.
final class FrameQueue implements WebSocket.Listener {
  sealed interface Event {
    record Frame(String json) implements Event {}

    record End(String why) implements Event {}
  }

  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
  private final StringBuilder parts = new StringBuilder();
  private volatile long lastReceived = System.nanoTime();

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    lastReceived = System.nanoTime();
    parts.append(part);
    if (last) {
      waiting.add(new Event.Frame(parts.toString()));
      parts.setLength(0);
    } else socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    waiting.add(new Event.End("closed with " + code));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable fault) {
    waiting.add(new Event.End("broken"));
  }

  Optional<Event> next(Duration longest) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// Time since the last frame.
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastReceived);
  }
}
