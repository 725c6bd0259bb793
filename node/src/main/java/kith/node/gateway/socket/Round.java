package kith.node.gateway.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The sockets of one loop that sessions have woken. The loop handles all of them in one task, so
/// that a burst of writes to many sockets wakes its thread once.
final class Round implements Runnable {
  private static final FastThreadLocal<Round> OF_THREAD = new FastThreadLocal<>();

  private final EventLoop loop;
  private final Queue<Runnable> woken = PlatformDependent.newMpscQueue();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private Round(EventLoop loop) {
    this.loop = loop;
  }

  /// Call it on the loop.
  static Round of(EventLoop loop) {
    @Nullable Round known = OF_THREAD.get();
    if (known == null) {
      known = new Round(loop);
      OF_THREAD.set(known);
    }
    return known;
  }

  /// Called from any thread. A socket is added at most once until it runs.
  void add(Runnable socket) {
    woken.add(socket);
    if (scheduled.getAndSet(true)) return;
    try {
      loop.execute(this);
    } catch (RejectedExecutionException ended) {
      // the node has stopped, and its sockets with it
    }
  }

  @Override
  public void run() {
    scheduled.set(false);
    for (var next = woken.poll(); next != null; next = woken.poll()) next.run();
  }
}
