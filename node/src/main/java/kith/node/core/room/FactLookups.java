package kith.node.core.room;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Batches that speak of earlier messages, which are looked up before the batch is decided.
///
/// One at a time is looked up and committed before the next, so that two cannot decide on the same
/// old facts. At most two of each relay wait: the one that is being looked up, and its latest.
final class FactLookups {
  private final Queue<Room.Batch> waiting = new ArrayDeque<>();

  /// The batch to be looked up now, unless one is under way.
  Optional<Room.Batch> add(Room.Batch batch) {
    var underWay = waiting.peek();
    if (underWay == null) {
      waiting.add(batch);
      return Optional.of(batch);
    }
    if (!underWay.isSameAs(batch)) {
      // sent again while it waits, or given up for another
      waiting.removeIf(it -> !it.isSameAs(underWay) && it.relay().equals(batch.relay()));
      waiting.add(batch);
    }
    return Optional.empty();
  }

  /// The one under way has come to its end; the next is to be looked up now.
  Optional<Room.Batch> next() {
    waiting.remove();
    return Optional.ofNullable(waiting.peek());
  }
}
