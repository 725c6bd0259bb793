package kith.node.feature.pins;

import java.sql.Connection;
import java.sql.SQLException;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;

/// Keeps the list of the pinned messages of a room. It grants no access: readers get the messages
/// from the log.
final class PinProjection implements Projection {
  @Override
  public String name() {
    return "pins";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case Pinned _, RoomEvent.Deleted _ -> Urgency.NOW;
      case RoomEvent.Redacted _ -> Urgency.SOON;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var room = change.room();
    for (var it : change.events())
      switch (it.event()) {
        case Pinned pinned when pinned.removed() ->
            PinTable.unpin(connection, room, pinned.message());
        case Pinned pinned -> PinTable.pin(connection, room, pinned.message(), it.seq());
        case RoomEvent.Redacted redacted -> PinTable.unpin(connection, room, redacted.target());
        case RoomEvent.Deleted _ -> PinTable.clear(connection, room);
        case RoomEvent ignored -> {}
      }
  }

  @Override
  public void forget(Connection connection, String room, long first) throws SQLException {
    PinTable.unpinBefore(connection, room, first);
  }

  @Override
  public void clear(Connection connection, String room) throws SQLException {
    PinTable.clear(connection, room);
  }
}
