package kith.node.feature.moderation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;

/// The table of mutes.
final class JdbcMutes implements MuteStore {
  private final Jdbc jdbc;
  private final int perRoom;
  private final GroupedReads<String, List<Mute>> ofRooms;

  JdbcMutes(Jdbc jdbc, int perRoom) {
    this.jdbc = jdbc;
    this.perRoom = perRoom;
    this.ofRooms =
        GroupedReads.rows(
            jdbc,
            """
            SELECT room, account, muted_by, created, until, reason FROM room_mute
            WHERE room = ANY(?)
            """,
            JdbcMutes::mute);
  }

  @Override
  public CompletionStage<List<Mute>> ofRoom(String room, Instant now) {
    return ofRooms
        .of(room)
        .thenApply(mutes -> mutes.stream().filter(it -> it.isInForce(now)).toList());
  }

  @Override
  public CompletionStage<Boolean> put(String room, Mute mute) {
    return jdbc.inTransaction(connection -> {
      Jdbc.change(
          connection,
          "DELETE FROM room_mute WHERE room = ? AND until <= ?::timestamptz",
          room,
          mute.created());
      return Jdbc.change(
              connection,
              """
              INSERT INTO room_mute (room, account, muted_by, created, until, reason)
              SELECT ?, ?, ?, ?::timestamptz, ?::timestamptz, ?
              WHERE (SELECT count(*) FROM room_mute WHERE room = ? AND account <> ?) < ?
              ON CONFLICT (room, account) DO UPDATE SET muted_by = excluded.muted_by,
                created = excluded.created, until = excluded.until, reason = excluded.reason
              """,
              room,
              mute.user(),
              mute.by(),
              mute.created(),
              mute.until(),
              mute.reason(),
              room,
              mute.user(),
              perRoom)
          == 1;
    });
  }

  @Override
  public CompletionStage<Boolean> remove(String room, String user) {
    return jdbc.update("DELETE FROM room_mute WHERE room = ? AND account = ?", room, user)
        .thenApply(_ -> true);
  }

  @Override
  public CompletionStage<Integer> removeAll(String room) {
    return jdbc.update("DELETE FROM room_mute WHERE room = ?", room);
  }

  private static Mute mute(ResultSet row) throws SQLException {
    return new Mute(
        row.getString("account"),
        row.getString("muted_by"),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("until").toInstant(),
        Optional.ofNullable(row.getString("reason")));
  }
}
