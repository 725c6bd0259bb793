package kith.node.feature.moderation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.node.platform.database.Jdbc;

/// Lists the moderators of each room by account, so that the rooms with open tasks of a user are
/// found without starting any room.
///
/// It permits users only to see the number of tasks: the room checks the role again.
final class ModeratorProjection implements Projection {
  private final Consumer<String> changed;

  /// @param changed receives the id of a room, after its moderators are written
  ModeratorProjection(Consumer<String> changed) {
    this.changed = changed;
  }

  @Override
  public String name() {
    return "moderators";
  }

  /// A member who has just joined is not a moderator.
  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.RoleChanged _, RoomEvent.Deleted _ -> Urgency.NOW;
      case RoomEvent.Created _, RoomEvent.Left _, RoomEvent.Kicked _, RoomEvent.Banned _ ->
          Urgency.SOON;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public boolean followsState() {
    return true;
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var now = moderators(change.state()).toArray(String[]::new);
    Jdbc.change(
        connection,
        "DELETE FROM room_moderator WHERE room = ? AND account <> ALL (?::text[])",
        change.room(),
        now);
    Jdbc.change(
        connection,
        """
        INSERT INTO room_moderator (account, room) SELECT account, ? FROM unnest(?::text[]) AS account
        ON CONFLICT DO NOTHING
        """,
        change.room(),
        now);
  }

  @Override
  public void applied(Change change) {
    changed.accept(change.room());
  }

  @Override
  public void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM room_moderator WHERE room = ?", room);
  }

  /// None in a conversation and in a room that is deleted.
  static Set<String> moderators(RoomState room) {
    if (!room.isOpen() || room.isDirect()) return Set.of();
    return room.members().keySet().stream()
        .filter(room::isModerator)
        .collect(Collectors.toUnmodifiableSet());
  }
}
