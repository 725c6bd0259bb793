package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;

import kith.node.LocalActors;
import kith.node.StoredBytesContract;

/// The bytes that each release wrote into the journals of rooms. Every later release reads them.
class RoomStoredBytesTest extends StoredBytesContract {
  RoomStoredBytesTest() {
    super(LocalActors.create(), "journal", name -> name.startsWith("room."), RoomExamples.kept());
  }

  /// A snapshot's posts are packed: the test compares the restored rooms.
  @Override
  protected Object meaning(Object kept) {
    return kept instanceof RoomSnapshot snapshot ? snapshot.restored(BOUNDS) : kept;
  }
}
