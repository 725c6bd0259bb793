package kith.node.feature.hooks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.feature.courier.CourierTable;

/// Ends the webhooks of a deleted room: its log is erased, so their couriers would never find
/// anything to deliver, and with it the reason to ask the room.
record WebhookProjection(CourierTable table, Clock clock) implements Projection {
  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return event instanceof RoomEvent.Deleted ? Urgency.NOW : Urgency.NONE;
  }

  @Override
  public boolean followsState() {
    return true;
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    if (!change.state().isOpen())
      table.endOfRoom(
          connection, change.room(), HookCarrier.KIND, HookCarrier.ROOM_DELETED, clock.instant());
  }
}
