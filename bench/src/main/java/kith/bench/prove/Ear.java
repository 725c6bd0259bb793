package kith.bench.prove;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a WebSocket says, until its client takes it.
///
/// The next frame is asked for when the one before was taken, so at most one waits here.
final class Ear implements WebSocket.Listener {
  sealed interface Heard {
    record Frame(String json) implements Heard {}

    record End(String why) implements Heard {}
  }

  private final BlockingQueue<Heard> waiting = new LinkedBlockingQueue<>();
  private final StringBuilder parts = new StringBuilder();
  private volatile long lastHeard = System.nanoTime();

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    lastHeard = System.nanoTime();
    parts.append(part);
    if (last) {
      waiting.add(new Heard.Frame(parts.toString()));
      parts.setLength(0);
    } else socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    waiting.add(new Heard.End("closed with " + code));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable fault) {
    waiting.add(new Heard.End("broken"));
  }

  Optional<Heard> next(Duration longest) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// How long nothing came.
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastHeard);
  }
}
