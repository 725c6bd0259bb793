package kith.node.feature.directory;

import java.sql.Connection;
import java.sql.SQLException;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomView;

/// Writes each room's row in the directory. It follows the room's state, so it does not read the
/// log.
public final class DirectoryProjection implements Projection {
  private final RoomDirectory directory;

  public DirectoryProjection(RoomDirectory directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "directory";
  }

  /// The members and owners may be a second old, so that many joins at once are written once.
  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Created _, RoomEvent.SettingsChanged _, RoomEvent.Deleted _ ->
          Urgency.BEFORE_REPLY;
      case RoomEvent.Joined _,
          RoomEvent.Left _,
          RoomEvent.Kicked _,
          RoomEvent.Banned _,
          RoomEvent.RoleChanged _ ->
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
    if (change.state().isOpen())
      directory.put(
          connection,
          RoomView.summary(change.room(), change.state()),
          RoomDirectory.owners(change.state()),
          change.state().moderation().forbidsChanges());
    else RoomDirectory.remove(connection, change.room());
  }
}
