package kith.node.core.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;

/// Commits that wait to be sent to a large audience, as one batch.
///
/// A frame costs a socket about as much whether it carries one entry or many. So after a batch for
/// a large audience, commits wait for a pause that grows with the audience, and are sent together.
/// After a longer silence a commit does not wait. A small audience never waits.
final class FanOutBatcher {
  /// Twice the cost of a frame to one listener, so that a large room uses at most half a core while
  /// its pause is below `LONGEST`.
  private static final long NANOS_PER_LISTENER = TimeUnit.MICROSECONDS.toNanos(25);

  private static final int SMALL_AUDIENCE = 200;
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

  private final int mostEntries;
  private final List<RoomEvent> events = new ArrayList<>();
  private long first;
  private long toldAt;

  /// @param mostEntries with this many waiting, all are due at once
  FanOutBatcher(int mostEntries, long now) {
    this.mostEntries = mostEntries;
    this.toldAt = now - LONGEST;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /// True if no commit waits, or this one follows directly on them.
  boolean isNext(Room.Committed committed) {
    return events.isEmpty() || committed.first() == first + events.size();
  }

  void add(Room.Committed committed) {
    if (events.isEmpty()) first = committed.first();
    events.addAll(committed.events());
  }

  /// The time until the waiting commits are due; 0 if they are due.
  long nanosToWait(int listeners, long now) {
    if (listeners < SMALL_AUDIENCE || events.size() >= mostEntries) return 0;
    var pause = Math.clamp(listeners * NANOS_PER_LISTENER, SHORTEST, LONGEST);
    return Math.max(0, toldAt + pause - now);
  }

  /// Removes all waiting commits and returns them as one.
  Room.Committed take(long now) {
    var all = new Room.Committed(first, events);
    events.clear();
    toldAt = now;
    return all;
  }
}
