package kith.node.feature.courier;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;

/// Wakes the couriers of a room after each commit. A wake-up may be lost: [CourierWorker] finds
/// deliveries whose courier was not woken.
///
/// @param targets finds those of a room
/// @param wake wakes the courier of a target
record CourierRoom(String room, Function<String, List<String>> targets, Consumer<String> wake)
    implements RoomPart {
  @Override
  public void awake(RoomState state) {
    wakeAll();
  }

  @Override
  public void committed(Commit commit) {
    wakeAll();
  }

  private void wakeAll() {
    targets.apply(room).forEach(wake);
  }
}
