package kith.node.feature.inbox;

import java.util.OptionalLong;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.platform.serialization.CborSerializable;

/// How far one member has read one room, on whatever device, and how the room is to be shown.
///
/// `read` only grows: whatever arrives, in whatever order and however often, the highest stays.
/// Marking a room unread does not take `read` back; it is a mark beside it, which the next reading
/// clears.
///
/// @param counts what was counted in the room up to `read`
/// @param marked how often its marks were changed: of two, those changed more often count
/// @param delivered up to where a device has the room, as far as others may know
/// @param seen up to where it was read, as far as others may know
public record Position(
    String room,
    long read,
    Counts counts,
    OptionalLong unreadFrom,
    boolean muted,
    long marked,
    long delivered,
    long seen)
    implements CborSerializable {

  public Position(String room, long read, Counts counts, OptionalLong unreadFrom, boolean muted) {
    this(room, read, counts, unreadFrom, muted, 0, 0, 0);
  }

  public static Position none(String room) {
    return new Position(room, 0, Counts.NONE, OptionalLong.empty(), false);
  }

  public Position read(Place upTo) {
    return advanced(upTo).cleared();
  }

  /// What was read before a mark was set, but found out after.
  public Position advanced(Place upTo) {
    return new Position(
        room,
        Math.max(read, upTo.seq()),
        counts.max(upTo.counts()),
        unreadFrom,
        muted,
        marked,
        delivered,
        seen);
  }

  public Position cleared() {
    return unreadFrom.isEmpty() ? this : marked(OptionalLong.empty(), muted);
  }

  public Position unread(long from) {
    return marked(OptionalLong.of(from), muted);
  }

  public Position muted(boolean mute) {
    return marked(unreadFrom, mute);
  }

  private Position marked(OptionalLong unreadFrom, boolean muted) {
    return new Position(room, read, counts, unreadFrom, muted, marked + 1, delivered, seen);
  }

  /// Others may know what was read, and that a device has the room up to `seq`.
  public Position shown(long seq) {
    var nowSeen = Math.max(seen, read);
    var nowDelivered = Math.max(Math.max(delivered, seq), nowSeen);
    return new Position(room, read, counts, unreadFrom, muted, marked, nowDelivered, nowSeen);
  }

  /// What is true when both were true once.
  public Position and(Position later) {
    var marks = later.marked >= marked ? later : this;
    return new Position(
        room,
        Math.max(read, later.read),
        counts.max(later.counts),
        marks.unreadFrom,
        marks.muted,
        marks.marked,
        Math.max(delivered, later.delivered),
        Math.max(seen, later.seen));
  }
}
