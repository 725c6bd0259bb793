package kith.terminal.runtime;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.terminal.update.Input;
import org.jspecify.annotations.Nullable;

/// The inputs of the loop, in the order of their arrival. Each sender has a bound of its own, so
/// that a server that sends many inputs delays only itself.
final class Arrivals {
  private static final int MAX_PER_SENDER = 2_048;

  /// @param sender the seat of a server, or `TERMINAL`
  record Arrival(int sender, Input input) {}

  static final int TERMINAL = -1;

  private record Waiting(Sender sender, Input input) {}

  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

  /// Blocks while too many of its inputs wait.
  final class Sender implements Consumer<Input> {
    private final int number;
    private final Semaphore space = new Semaphore(MAX_PER_SENDER);
    private volatile boolean isClosed;

    private Sender(int number) {
      this.number = number;
    }

    @Override
    public void accept(Input input) {
      try {
        space.acquire();
        if (!isClosed) waiting.add(new Waiting(this, input));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    /// Adds an input, unless too many wait.
    void offer(Input input) {
      if (space.tryAcquire()) waiting.add(new Waiting(this, input));
    }

    /// Drops its inputs from now on, also for the threads that wait for space.
    void close() {
      isClosed = true;
      space.release(MAX_PER_SENDER);
    }
  }

  Sender sender(int number) {
    return new Sender(number);
  }

  /// @return null if nothing arrives in time
  @Nullable Arrival poll(long time, TimeUnit unit) throws InterruptedException {
    var next = waiting.poll(time, unit);
    if (next == null) return null;
    next.sender().space.release();
    return new Arrival(next.sender().number, next.input());
  }
}
