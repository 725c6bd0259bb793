package kith.node.core.room;

import java.time.Clock;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.metrics.RoomMetrics;

/// A relay's access to a room, on any node, and to its log.
public interface RoomAccess {
  void tell(String room, Room.Command command);

  RoomSettings settings();

  Clock clock();

  RoomLog log();

  RoomMetrics metrics();
}
