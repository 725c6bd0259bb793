package kith.node.feature.pins;

import java.util.List;
import kith.node.core.room.RoomEvent;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/// The pinned messages of one room after its events. Immutable.
record PinnedSet(PSet<Long> messages) {
  static final PinnedSet NONE = new PinnedSet(HashTreePSet.empty());

  static PinnedSet of(List<Long> messages) {
    return new PinnedSet(HashTreePSet.from(messages));
  }

  PinnedSet with(RoomEvent event) {
    return switch (event) {
      case Pinned it when !it.removed() -> new PinnedSet(messages.plus(it.message()));
      case Pinned it -> without(it.message());
      case RoomEvent.Redacted it -> without(it.target());
      case RoomEvent.Truncated it -> from(it.first());
      case RoomEvent ignored -> this;
    };
  }

  PinnedSet with(List<RoomEvent> events) {
    var set = this;
    for (var event : events) set = set.with(event);
    return set;
  }

  private PinnedSet without(long message) {
    return messages.contains(message) ? new PinnedSet(messages.minus(message)) : this;
  }

  private PinnedSet from(long first) {
    var kept = messages;
    for (var message : messages) if (message < first) kept = kept.minus(message);
    return new PinnedSet(kept);
  }

  int size() {
    return messages.size();
  }
}
