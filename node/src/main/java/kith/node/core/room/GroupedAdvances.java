package kith.node.core.room;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kith.node.core.room.ProjectionStore.Advance;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.DividedGroup;

/// Applies advances of projections that nobody waits for: those of all rooms of the node within a
/// moment in one transaction, one transaction at a time.
///
/// A transaction of each room would cost the database and the node more than the changes
/// themselves. The number of waiting advances is bounded by the rooms that are awake: each
/// projection of a room has one advance at a time.
final class GroupedAdvances {
  private record Waiting(Advance advance, CompletableFuture<Boolean> isMoved) {}

  private final Function<List<Advance>, CompletionStage<List<Boolean>>> apply;
  private List<Waiting> waiting = new ArrayList<>();
  private boolean isRunning;

  /// @param apply applies all or none; returns for each whether its position was the expected one
  GroupedAdvances(Function<List<Advance>, CompletionStage<List<Boolean>>> apply) {
    this.apply = apply;
  }

  synchronized CompletionStage<Boolean> add(Advance advance) {
    var added = new Waiting(advance, new CompletableFuture<>());
    waiting.add(added);
    if (!isRunning) run();
    return added.isMoved();
  }

  private synchronized void run() {
    isRunning = !waiting.isEmpty();
    if (isRunning)
      CompletableFuture.delayedExecutor(Intervals.GROUP.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> applied(next()).whenComplete((_, _) -> run()));
  }

  /// The advances that have waited longest: together at most `GROUPED_EVENTS` events, or one larger
  /// advance.
  private synchronized List<Waiting> next() {
    var most = 0;
    var events = 0;
    while (most < waiting.size()) {
      events += waiting.get(most).advance().change().events().size();
      if (most > 0 && events > Portions.GROUPED_EVENTS) break;
      most++;
    }
    var group = List.copyOf(waiting.subList(0, most));
    waiting = new ArrayList<>(waiting.subList(most, waiting.size()));
    return group;
  }

  /// Done when each one was answered.
  private CompletionStage<Void> applied(List<Waiting> group) {
    return DividedGroup.run(
        group,
        some -> apply.apply(some.stream().map(Waiting::advance).toList()),
        (some, moved) -> {
          for (var i = 0; i < some.size(); i++) some.get(i).isMoved().complete(moved.get(i));
        },
        (it, fault) -> it.isMoved().completeExceptionally(fault));
  }
}
