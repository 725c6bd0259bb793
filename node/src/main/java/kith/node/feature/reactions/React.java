package kith.node.feature.reactions;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// A member adds its reaction to a message, or removes it.
///
/// @param message the sequence number of the message
record React(String sender, String id, long message, String emoji, boolean removed)
    implements Post.PartPost {
  @Override
  public OptionalLong target() {
    return OptionalLong.of(message);
  }

  @Override
  public long meaning() {
    var what = 31L * emoji.hashCode() + (removed ? 1 : 0);
    return 1L << 62 | (what & 0xFFFF_FFFFL) << 24 | (message & 0xFF_FFFFL);
  }

  @Override
  public int size() {
    return 150;
  }

  @Override
  public Optional<Code> objection(RoomState room, Post.Fact target) {
    var reactions = Reactions.after(target.amendments());
    var hasReacted = reactions.has(sender, emoji);
    if (removed) return hasReacted ? Optional.empty() : Optional.of(Code.NOT_REACTED);
    return hasReacted ? Optional.of(Code.ALREADY_REACTED) : Optional.empty();
  }

  @Override
  public RoomEvent.PartEvent event(Instant now) {
    return new Reacted(sender, now, id, message, emoji, removed);
  }
}
