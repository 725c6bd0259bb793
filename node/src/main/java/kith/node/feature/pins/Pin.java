package kith.node.feature.pins;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// A member pins a message for everyone in the room, or unpins it.
///
/// @param message the sequence number of the message
record Pin(String sender, String id, long message, boolean removed) implements Post.PartPost {
  @Override
  public OptionalLong target() {
    return OptionalLong.of(message);
  }

  @Override
  public long meaning() {
    return 1L << 61 | (removed ? 1L : 0L) << 60 | (message & 0xFFF_FFFF_FFFFL);
  }

  @Override
  public int size() {
    return 100;
  }

  /// In rooms, moderators and owners may pin; in conversations, both members.
  @Override
  public Optional<Code> objection(RoomState room, Post.Fact target) {
    if (!room.isDirect() && !room.isModerator(sender)) return Optional.of(Code.NOT_ALLOWED);
    var isPinned = Pinned.isAfter(target.amendments());
    if (removed) return isPinned ? Optional.empty() : Optional.of(Code.NOT_PINNED);
    return isPinned ? Optional.of(Code.ALREADY_PINNED) : Optional.empty();
  }

  @Override
  public RoomEvent.PartEvent event(Instant now) {
    return new Pinned(sender, now, id, message, removed);
  }
}
