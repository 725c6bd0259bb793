package kith.node.platform.database;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Refuses tasks while a number of them wait for a thread.
///
/// A thread pool of Pekko refuses nothing: while its queue is full it runs the task on the calling
/// thread, and SQL on an actor's thread blocks other actors.
public final class BoundedExecutor implements Executor {
  private final Executor threads;
  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param threads must have a place for `most` tasks
  public BoundedExecutor(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /// Throws a `RejectedExecutionException` when there is no place.
  @Override
  public void execute(Runnable task) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      throw new RejectedExecutionException("too many tasks wait");
    }
    var waits = new AtomicBoolean(true);
    try {
      threads.execute(() -> {
        if (waits.getAndSet(false)) waiting.decrementAndGet();
        task.run();
      });
    } catch (RuntimeException | Error fault) {
      // a task that no thread takes must not keep its place in the queue
      if (waits.getAndSet(false)) waiting.decrementAndGet();
      throw fault;
    }
  }
}
