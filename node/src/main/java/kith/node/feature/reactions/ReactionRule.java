package kith.node.feature.reactions;

import java.util.List;
import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// Limits the reactions to one message. A removal is always accepted.
record ReactionRule(ReactionSettings bounds) implements PostRule {
  @Override
  public Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    return post instanceof React react && !react.removed()
        ? target
            .filter(message -> isFull(message.amendments(), react.emoji()))
            .map(_ -> Code.TOO_MANY_REACTIONS)
        : Optional.empty();
  }

  private boolean isFull(List<RoomEvent.PartEvent> amendments, String emoji) {
    return amendments.size() >= bounds.changesPerMessage()
        || Reactions.after(amendments).isFullFor(emoji, bounds.emojiPerMessage());
  }
}
