package kith.node.feature.files;

import java.sql.Connection;
import java.sql.SQLException;
import kith.node.core.room.Attachment;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.platform.database.Jdbc;

/// Notes for each file where its message is in the log, and deletes files whose messages were
/// redacted or whose room was deleted. Their bytes are removed later.
///
/// It grants no access: the log decides whether a file may be read.
final class FileProjection implements Projection {
  static final String NAME = "files";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Posted it when it.files().isPresent() -> Urgency.NOW;
      case RoomEvent.Redacted _, RoomEvent.Deleted _ -> Urgency.NOW;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    var room = change.room();
    for (var it : change.events())
      switch (it.event()) {
        case RoomEvent.Posted posted -> posted(connection, room, it.seq(), posted);
        case RoomEvent.Redacted redacted ->
            Jdbc.change(
                connection, "DELETE FROM file WHERE room = ? AND seq = ?", room, redacted.target());
        case RoomEvent.Deleted _ ->
            Jdbc.change(connection, "DELETE FROM file WHERE room = ?", room);
        case RoomEvent ignored -> {}
      }
  }

  @Override
  public void forget(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(connection, "DELETE FROM file WHERE room = ? AND seq < ?", room, first);
  }

  private static void posted(Connection connection, String room, long seq, RoomEvent.Posted message)
      throws SQLException {
    if (message.files().isEmpty()) return;
    Jdbc.change(
        connection,
        """
        WITH posted AS (
          UPDATE file SET seq = ?
          WHERE id = ANY (?) AND room = ? AND account = ? AND post = ? AND seq IS NULL
          RETURNING size)
        INSERT INTO file_usage AS old (owner, bytes)
        SELECT ?, sum(size) FROM posted HAVING count(*) > 0
        ON CONFLICT (owner) DO UPDATE SET bytes = old.bytes + excluded.bytes
        """,
        seq,
        connection.createArrayOf(
            "text", message.files().get().stream().map(Attachment::id).toArray()),
        room,
        message.by(),
        message.id(),
        FileTable.ofRoom(room));
  }

  // no `clear`: a file without a place in the log would soon be removed, and with it its bytes
}
