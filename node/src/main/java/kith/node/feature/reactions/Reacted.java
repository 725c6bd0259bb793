package kith.node.feature.reactions;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;

/// A reaction was added to a message, or removed from it.
///
/// @param message the sequence number of the message
record Reacted(String by, Instant at, String id, long message, String emoji, boolean removed)
    implements RoomEvent.PartEvent {
  @Override
  public OptionalLong target() {
    return OptionalLong.of(message);
  }

  @Override
  public long meaning() {
    return new React(by, id, message, emoji, removed).meaning();
  }

  @Override
  public Optional<Character> letter() {
    return Optional.of(ReactionAmendments.LETTER);
  }

  @Override
  public Entry entry(long seq) {
    return new Entry.Reacted(
        seq, at, by, id, message, emoji, removed ? Optional.of(true) : Optional.empty());
  }
}
