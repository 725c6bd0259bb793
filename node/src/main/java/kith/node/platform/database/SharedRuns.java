package kith.node.platform.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs a task, at most once at a time, for any number of callers. Each gets the result of a run
/// that began after its call.
public final class SharedRuns {
  private final Supplier<CompletionStage<Void>> task;
  private @Nullable CompletableFuture<Void> waiting;
  private boolean isRunning;

  public SharedRuns(Supplier<CompletionStage<Void>> task) {
    this.task = task;
  }

  public CompletionStage<Void> next() {
    CompletableFuture<Void> result;
    synchronized (this) {
      result = waiting == null ? new CompletableFuture<>() : waiting;
      waiting = result;
    }
    run();
    return result;
  }

  private void run() {
    CompletableFuture<Void> results;
    synchronized (this) {
      if (isRunning || waiting == null) return;
      isRunning = true;
      results = waiting;
      waiting = null;
    }
    CompletableFuture.completedStage(null)
        .thenCompose(_ -> task.get())
        .whenComplete((_, fault) -> {
          synchronized (this) {
            isRunning = false;
          }
          run();
          if (fault == null) results.complete(null);
          else results.completeExceptionally(fault);
        });
  }
}
