package kith.node.feature.slash;

import java.sql.Connection;
import java.sql.SQLException;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.platform.database.Jdbc;

/// Removes the commands of bots that are no longer members of their room, and those of a deleted
/// room.
///
/// It grants no rights: each call asks the room whether the bot is a member.
final class CommandProjection implements Projection {
  @Override
  public String name() {
    return "commands";
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Left _, RoomEvent.Kicked _, RoomEvent.Banned _, RoomEvent.Deleted _ ->
          Urgency.NOW;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public boolean followsState() {
    return true;
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var bots =
        Jdbc.rows(
            connection,
            "SELECT DISTINCT account FROM room_command WHERE room = ?",
            row -> row.getString(1),
            change.room());
    for (var bot : bots) if (!change.state().isMember(bot)) end(connection, change, bot);
  }

  /// A bot that came back meanwhile has registered its commands at a later position.
  private static void end(Connection connection, Change change, String bot) throws SQLException {
    Jdbc.change(
        connection,
        "DELETE FROM room_command WHERE room = ? AND account = ? AND made_at_seq < ?",
        change.room(),
        bot,
        change.state().lastSeq());
  }
}
