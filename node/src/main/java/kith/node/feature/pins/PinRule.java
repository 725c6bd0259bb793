package kith.node.feature.pins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// Limits the pinned messages of a room, and how often one message is pinned and unpinned: every
/// reader of the message reads these events. A message can always be unpinned.
///
/// @param pinned the pinned messages of the room now
record PinRule(PinSettings bounds, Supplier<PinnedSet> pinned) implements PostRule {
  @Override
  public Optional<Post.Refused> refusal(
      RoomState room, Post post, Optional<Post.Fact> target, List<RoomEvent> earlier, Instant now) {
    if (!(post instanceof Pin pin) || pin.removed()) return Optional.empty();
    var isRestless =
        target
            .filter(it -> Pinned.changes(it.amendments()) >= bounds.changesPerMessage())
            .isPresent();
    return isRestless || pinned.get().with(earlier).size() >= bounds.perRoom()
        ? Optional.of(new Post.Refused(Code.TOO_MANY_PINS))
        : Optional.empty();
  }
}
