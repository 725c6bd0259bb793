package kith.node.feature.reactions;

import java.util.List;
import kith.node.LocalActors;
import kith.node.StoredBytesContract;
import kith.node.core.room.RoomHistory;

/// The reactions that each release wrote into the journals of rooms.
class ReactionsStoredBytesTest extends StoredBytesContract {
  ReactionsStoredBytesTest() {
    super(
        LocalActors.create(),
        "journal",
        name -> name.startsWith("reactions."),
        List.of(
            new Reacted("ann", RoomHistory.NOW, "id-1", 2, "👍", false),
            new Reacted("ann", RoomHistory.NOW, "id-2", 2, "👍", true)));
  }
}
