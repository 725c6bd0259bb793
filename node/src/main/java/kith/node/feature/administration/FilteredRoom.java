package kith.node.feature.administration;

import kith.node.core.room.Commit;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomPart;

/// In a dry run of the text filter, counts the messages that it would have refused.
record FilteredRoom(TextFilter filter, Runnable found) implements RoomPart {
  @Override
  public void committed(Commit commit) {
    if (!filter.isDryRun()) return;
    for (var event : commit.events())
      switch (event) {
        case RoomEvent.Posted it when filter.find(it.body()).isPresent() -> found.run();
        case RoomEvent.Edited it when filter.find(it.body()).isPresent() -> found.run();
        case RoomEvent ignored -> {}
      }
  }
}
