package kith.node.core.room;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Batches that refer to earlier messages, whose facts are looked up before the batch is decided.
///
/// Each batch is looked up and committed before the next, so that two are never decided on the same
/// outdated facts. At most two batches of each relay wait: the one being looked up, and the latest.
final class FactLookups {
  private final Queue<Room.Batch> waiting = new ArrayDeque<>();

  /// The batch to look up now, unless another is under way.
  Optional<Room.Batch> add(Room.Batch batch) {
    var underWay = waiting.peek();
    if (underWay == null) {
      waiting.add(batch);
      return Optional.of(batch);
    }
    if (!underWay.isSameAs(batch)) {
      // a retry of a waiting batch, or a batch that replaces it
      waiting.removeIf(it -> !it.isSameAs(underWay) && it.relay().equals(batch.relay()));
      waiting.add(batch);
    }
    return Optional.empty();
  }

  /// Ends the lookup under way. Returns the batch to look up now.
  Optional<Room.Batch> next() {
    waiting.remove();
    return Optional.ofNullable(waiting.peek());
  }
}
