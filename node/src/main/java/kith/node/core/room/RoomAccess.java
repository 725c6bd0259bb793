package kith.node.core.room;

import java.time.Clock;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.RoomMetrics;

/// How a relay reaches a room, wherever it lives, and its log.
public interface RoomAccess {
  void tell(String room, Room.Command command);

  NodeSettings.Rooms settings();

  Clock clock();

  RoomLog log();

  RoomMetrics metrics();
}
