package kith.node.core.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;

/// What was committed and waits to be told to a big audience.
///
/// A frame costs a socket about as much whether it carries one entry or many. So whoever is told to
/// many is told again only after a pause as long as that many frames take; what comes meanwhile
/// leaves together. After a longer silence nothing waits, and a small audience never does.
final class FanOutBatcher {
  /// Twice what a frame costs to one listener, so that a big room takes half a core at most.
  private static final long NANOS_PER_LISTENER = TimeUnit.MICROSECONDS.toNanos(25);

  private static final int SMALL_AUDIENCE = 200;
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

  private final int mostEntries;
  private final List<RoomEvent> events = new ArrayList<>();
  private long first;
  private long toldAt;

  /// @param mostEntries that wait; more do not
  FanOutBatcher(int mostEntries, long now) {
    this.mostEntries = mostEntries;
    this.toldAt = now - LONGEST;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /// Does this follow on what waits?
  boolean isNext(Room.Committed committed) {
    return events.isEmpty() || committed.first() == first + events.size();
  }

  void add(Room.Committed committed) {
    if (events.isEmpty()) first = committed.first();
    events.addAll(committed.events());
  }

  /// How long what waits has still to wait; 0 if it is due.
  long nanosToWait(int listeners, long now) {
    if (listeners < SMALL_AUDIENCE || events.size() >= mostEntries) return 0;
    var pause = Math.clamp(listeners * NANOS_PER_LISTENER, SHORTEST, LONGEST);
    return Math.max(0, toldAt + pause - now);
  }

  /// All that waits, as one commit.
  Room.Committed take(long now) {
    var all = new Room.Committed(first, events);
    events.clear();
    toldAt = now;
    return all;
  }
}
