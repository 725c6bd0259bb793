package kith.node.core.room;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The reads and writes of a table in memory. A test can hold the next one.
public final class Turns {
  private final Deque<CompletableFuture<Void>> held = new ArrayDeque<>();

  /// @return the future for which the next one waits
  public synchronized CompletableFuture<Void> hold() {
    var next = new CompletableFuture<Void>();
    held.add(next);
    return next;
  }

  public synchronized <T> CompletionStage<T> run(Supplier<T> work) {
    var turn = held.isEmpty() ? CompletableFuture.<Void>completedFuture(null) : held.remove();
    return turn.thenApply(_ -> work.get());
  }
}
