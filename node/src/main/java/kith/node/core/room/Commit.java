package kith.node.core.room;

import java.util.List;

/// One persisted change of a room. Every reader of a room's events receives exactly these, once and
/// in order.
///
/// @param before the room before the first of the events
/// @param after the room after the last of them
/// @param firstSeq the sequence number of the first event
public record Commit(
    String room, RoomState before, RoomState after, long firstSeq, List<RoomEvent> events) {
  public Commit {
    events = List.copyOf(events);
  }

  static Commit of(String room, RoomState before, RoomState after, List<RoomEvent> events) {
    return new Commit(room, before, after, after.lastSeq() - events.size() + 1, events);
  }

  public long lastSeq() {
    return firstSeq + events.size() - 1;
  }
}
