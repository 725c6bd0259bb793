package kith.node.platform.database;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// An operation on many items at once, which the database may refuse because of one of them.
public final class DividedGroup {
  private DividedGroup() {}

  /// Runs the operation on the group. If the database refuses that, runs it on each half, so that
  /// an item that cannot be handled fails alone. If the database cannot be reached, all fail.
  ///
  /// @param operation handles all items or none
  /// @param done gets the items of one operation, and its result
  /// @param failed gets each item that failed
  /// @return done when each item was passed to `done` or `failed`
  public static <T, R> CompletionStage<Void> run(
      List<T> group,
      Function<List<T>, CompletionStage<R>> operation,
      BiConsumer<List<T>, R> done,
      BiConsumer<T, Throwable> failed) {
    return operation
        .apply(group)
        .handle((result, fault) -> {
          if (fault == null) done.accept(group, result);
          else if (group.size() == 1 || DatabaseFailure.isUnreachable(fault))
            group.forEach(item -> failed.accept(item, fault));
          else return halves(group, operation, done, failed);
          return CompletableFuture.<Void>completedFuture(null);
        })
        .thenCompose(ended -> ended);
  }

  private static <T, R> CompletionStage<Void> halves(
      List<T> group,
      Function<List<T>, CompletionStage<R>> operation,
      BiConsumer<List<T>, R> done,
      BiConsumer<T, Throwable> failed) {
    var middle = group.size() / 2;
    return run(group.subList(0, middle), operation, done, failed)
        .thenCompose(_ -> run(group.subList(middle, group.size()), operation, done, failed));
  }
}
