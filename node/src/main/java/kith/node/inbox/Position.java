package kith.node.inbox;

import java.util.OptionalLong;
import kith.node.CborSerializable;
import kith.node.room.Counts;
import kith.node.room.Headlines;

/// How far one member has read one room, on whatever device, and how the room is to be shown.
///
/// `read` only grows: whatever arrives, in whatever order and however often, the highest stays.
/// Marking a room unread does not take `read` back; it is a mark beside it, which the next reading
/// clears.
///
/// @param counts what was counted in the room up to `read`
public record Position(
    String room, long read, Counts counts, OptionalLong unreadFrom, boolean muted)
    implements CborSerializable {

  public static Position none(String room) {
    return new Position(room, 0, Counts.NONE, OptionalLong.empty(), false);
  }

  public Position read(Headlines.Place upTo) {
    return advanced(upTo).cleared();
  }

  /// What was read before a mark was set, but found out after.
  public Position advanced(Headlines.Place upTo) {
    return new Position(
        room, Math.max(read, upTo.seq()), counts.max(upTo.counts()), unreadFrom, muted);
  }

  public Position cleared() {
    return new Position(room, read, counts, OptionalLong.empty(), muted);
  }

  public Position unread(long from) {
    return new Position(room, read, counts, OptionalLong.of(from), muted);
  }

  public Position muted(boolean mute) {
    return new Position(room, read, counts, unreadFrom, mute);
  }

  /// What is true when both were true once: the marks are those of `later`.
  public Position and(Position later) {
    return new Position(
        room, Math.max(read, later.read), counts.max(later.counts), later.unreadFrom, later.muted);
  }
}
