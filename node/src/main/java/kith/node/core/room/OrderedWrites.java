package kith.node.core.room;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The writes of a room's part to its table. They run one at a time, in order, so that the table
/// and the memory agree about the last one.
public final class OrderedWrites {
  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();
  private CompletionStage<?> last;

  /// @param first completes before the first write begins
  /// @param most the number of writes that may wait
  public OrderedWrites(CompletionStage<?> first, int most) {
    this.last = first;
    this.most = most;
  }

  public boolean areTooMany() {
    return waiting.get() >= most;
  }

  /// Runs the write after all earlier ones, even if one of them has failed.
  public <T> CompletionStage<T> add(Supplier<CompletionStage<T>> write) {
    waiting.incrementAndGet();
    var written = last.handle((_, _) -> 0).thenCompose(_ -> write.get());
    last = written;
    return written.whenComplete((_, _) -> waiting.decrementAndGet());
  }
}
