package kith.node.feature.inbound;

import java.sql.Connection;
import java.sql.SQLException;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.platform.database.Jdbc;
import kith.protocol.Role;

/// Removes the hooks of a deleted room, and hooks whose creators no longer own the room.
///
/// It grants no rights: the room decides about each message of a hook ([HookRule]).
final class HookProjection implements Projection {
  @Override
  public String name() {
    return "inbound-hooks";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Left _,
          RoomEvent.Kicked _,
          RoomEvent.Banned _,
          RoomEvent.RoleChanged _,
          RoomEvent.Deleted _ ->
          Urgency.NOW;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    for (var it : change.events())
      switch (it.event()) {
        case RoomEvent.Left left -> end(connection, change.room(), left.by(), it.seq());
        case RoomEvent.Kicked kicked -> end(connection, change.room(), kicked.user(), it.seq());
        case RoomEvent.Banned banned -> end(connection, change.room(), banned.user(), it.seq());
        case RoomEvent.RoleChanged changed when changed.role() != Role.OWNER ->
            end(connection, change.room(), changed.user(), it.seq());
        case RoomEvent.Deleted _ ->
            Jdbc.change(connection, "DELETE FROM inbound_hook WHERE room = ?", change.room());
        case RoomEvent ignored -> {}
      }
  }

  private static void end(Connection connection, String room, String account, long seq)
      throws SQLException {
    Jdbc.change(
        connection,
        "DELETE FROM inbound_hook WHERE room = ? AND account = ? AND made_at_seq < ?",
        room,
        account,
        seq);
  }
}
