package kith.node.feature.pins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;

/// A message was pinned, or unpinned.
///
/// @param message the sequence number of the message
record Pinned(String by, Instant at, String id, long message, boolean removed)
    implements RoomEvent.PartEvent {
  @Override
  public OptionalLong target() {
    return OptionalLong.of(message);
  }

  @Override
  public long meaning() {
    return new Pin(by, id, message, removed).meaning();
  }

  @Override
  public Optional<Character> letter() {
    return Optional.of(PinAmendments.LETTER);
  }

  @Override
  public Entry entry(long seq) {
    return new Entry.Pinned(
        seq, at, by, id, message, removed ? Optional.of(true) : Optional.empty());
  }

  /// True if the message is pinned after these events.
  ///
  /// @param amendments oldest first
  static boolean isAfter(List<RoomEvent.PartEvent> amendments) {
    var isPinned = false;
    for (var event : amendments) if (event instanceof Pinned it) isPinned = !it.removed();
    return isPinned;
  }

  static long changes(List<RoomEvent.PartEvent> amendments) {
    return amendments.stream().filter(Pinned.class::isInstance).count();
  }
}
