package kith.node.core.room;

import org.apache.pekko.persistence.typed.SnapshotAdapter;

/// Converts a room's state to its snapshot and back.
record SnapshotMapping(RoomState.Bounds bounds) implements SnapshotAdapter<RoomState> {
  @Override
  public Object toJournal(RoomState room) {
    return RoomSnapshot.of(room);
  }

  @Override
  public RoomState fromJournal(Object kept) {
    return ((RoomSnapshot) kept).restored(bounds);
  }
}
