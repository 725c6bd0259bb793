package kith.node.feature.pins;

import java.util.List;
import kith.node.LocalActors;
import kith.node.StoredBytesContract;
import kith.node.core.room.RoomHistory;

/// The pins that each release wrote into the journals of rooms.
class PinsStoredBytesTest extends StoredBytesContract {
  PinsStoredBytesTest() {
    super(
        LocalActors.create(),
        "journal",
        name -> name.startsWith("pins."),
        List.of(
            new Pinned("ann", RoomHistory.NOW, "id-1", 2, false),
            new Pinned("ann", RoomHistory.NOW, "id-2", 2, true)));
  }
}
