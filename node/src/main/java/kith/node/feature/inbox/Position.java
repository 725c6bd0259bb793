package kith.node.feature.inbox;

import java.util.Comparator;
import java.util.OptionalLong;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.platform.serialization.CborSerializable;

/// A member's read position in a room, shared by its devices, and the marks of the room in its
/// inbox.
///
/// `read` only moves forward, also if positions arrive out of order. Marking a room unread does not
/// take `read` back; it is a mark beside it, which the next read clears.
///
/// @param counts the counts of the room up to `read`
/// @param marked counts the changes of the marks, `unreadFrom` and `muted`
/// @param shared the progress that other members may know; behind `read` while receipts are hidden
public record Position(
    String room,
    long read,
    Counts counts,
    OptionalLong unreadFrom,
    boolean muted,
    long marked,
    Progress shared)
    implements CborSerializable {
  /// Orders by marks, also different marks with the same number of changes, which a crash can
  /// cause.
  private static final Comparator<Position> BY_MARKS =
      Comparator.comparingLong((Position it) -> it.marked)
          .thenComparing(it -> it.muted)
          .thenComparingLong(it -> it.unreadFrom.orElse(0));

  public Position(String room, long read, Counts counts, OptionalLong unreadFrom, boolean muted) {
    this(room, read, counts, unreadFrom, muted, 0, Progress.NONE);
  }

  public static Position none(String room) {
    return new Position(room, 0, Counts.NONE, OptionalLong.empty(), false);
  }

  public Position read(Place upTo) {
    return advanced(upTo).cleared();
  }

  /// Moves the position without clearing a mark that was set after the read.
  public Position advanced(Place upTo) {
    return new Position(
        room,
        Math.max(read, upTo.seq()),
        counts.max(upTo.counts()),
        unreadFrom,
        muted,
        marked,
        shared);
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
    return new Position(room, read, counts, unreadFrom, muted, marked + 1, shared);
  }

  /// Shows others the read position, and that a device has received the room up to `delivered`.
  public Position shown(long delivered) {
    var now = shared.merge(new Progress(delivered, read));
    return new Position(room, read, counts, unreadFrom, muted, marked, now);
  }

  /// The higher position and the marks that were changed more often. In any order of merging the
  /// result is the same; [PositionBatch] does the same in SQL.
  public Position merge(Position other) {
    var marks = BY_MARKS.compare(this, other) < 0 ? other : this;
    return new Position(
        room,
        Math.max(read, other.read),
        counts.max(other.counts),
        marks.unreadFrom,
        marks.muted,
        marks.marked,
        shared.merge(other.shared));
  }
}
