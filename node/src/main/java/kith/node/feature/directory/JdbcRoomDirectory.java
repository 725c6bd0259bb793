package kith.node.feature.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.RoomNames;
import kith.node.core.room.RoomView.Summary;
import kith.node.platform.database.Jdbc;
import kith.protocol.Visibility;

/// The room directory as a table. A claim is a row without a `seq`: the name of a room that is not
/// made, or not public, yet. It is listed to nobody.
public final class JdbcRoomDirectory implements RoomDirectory {
  private static final Duration CLAIM = Duration.ofMinutes(1);

  private final Jdbc jdbc;
  private final Clock clock;

  public JdbcRoomDirectory(Jdbc jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Boolean> claim(String room, String name) {
    return jdbc.with(connection -> claim(connection, room, name));
  }

  private boolean claim(Connection connection, String room, String name) throws SQLException {
    var now = Timestamp.from(clock.instant());
    var stale = Timestamp.from(clock.instant().minus(CLAIM));
    try (var forget =
        connection.prepareStatement(
            "DELETE FROM room_directory WHERE name_key = ? AND visibility = 'public'"
                + " AND seq = 0 AND claimed < ?")) {
      forget.setString(1, RoomNames.key(name));
      forget.setTimestamp(2, stale);
      forget.executeUpdate();
    }
    try (var claim =
        connection.prepareStatement(
            """
            INSERT INTO room_directory
              (room_id, name, name_key, topic, visibility, passcode, members, created, seq, claimed)
            VALUES (?, ?, ?, '', 'public', false, 0, ?, 0, ?)
            ON CONFLICT (room_id) DO UPDATE
              SET name = excluded.name, name_key = excluded.name_key, visibility = 'public',
                  claimed = excluded.claimed,
                  seq = CASE room_directory.visibility WHEN 'public' THEN room_directory.seq ELSE 0 END
            """)) {
      claim.setString(1, room);
      claim.setString(2, name);
      claim.setString(3, RoomNames.key(name));
      claim.setTimestamp(4, now);
      claim.setTimestamp(5, now);
      claim.executeUpdate();
      return true;
    } catch (SQLException fault) {
      if (isTaken(fault)) return false;
      throw fault;
    }
  }

  private static boolean isTaken(SQLException fault) {
    return "23505".equals(fault.getSQLState()); // unique_violation
  }

  @Override
  public CompletionStage<Void> put(Summary room) {
    return jdbc.update(
            """
            INSERT INTO room_directory
              (room_id, name, name_key, topic, visibility, passcode, capacity, members, created, seq, claimed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (room_id) DO UPDATE
              SET name = excluded.name, name_key = excluded.name_key, topic = excluded.topic,
                  visibility = excluded.visibility, passcode = excluded.passcode,
                  capacity = excluded.capacity, members = excluded.members,
                  created = excluded.created, seq = excluded.seq
              WHERE room_directory.seq <= excluded.seq
            """,
            room.room(),
            room.name(),
            RoomNames.key(room.name()),
            room.topic(),
            room.visibility().name().toLowerCase(Locale.ROOT),
            room.passcode(),
            room.capacity().orElse(0),
            room.members(),
            Timestamp.from(room.created()),
            room.lastSeq(),
            Timestamp.from(clock.instant()))
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Void> remove(String room) {
    return jdbc.update("DELETE FROM room_directory WHERE room_id = ?", room).thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Page> list(Optional<String> query, Optional<String> after, int limit) {
    var sought = RoomNames.key(query.orElse(""));
    return jdbc.query(
            """
            SELECT * FROM room_directory
            WHERE visibility = 'public' AND seq > 0 AND name_key > ?
              AND (position(? IN name_key) > 0 OR position(? IN lower(topic)) > 0)
            ORDER BY name_key LIMIT ?
            """,
            JdbcRoomDirectory::summary,
            after.orElse(""),
            sought,
            sought,
            limit + 1)
        .thenApply(found ->
            found.size() <= limit
                ? new Page(found, Optional.empty())
                : new Page(
                    found.subList(0, limit),
                    Optional.of(RoomNames.key(found.get(limit - 1).name()))));
  }

  @Override
  public CompletionStage<Optional<Summary>> find(String name) {
    return jdbc.query(
            "SELECT * FROM room_directory WHERE visibility = 'public' AND seq > 0 AND name_key = ?",
            JdbcRoomDirectory::summary,
            RoomNames.key(name))
        .thenApply(found -> found.stream().findFirst());
  }

  private static Summary summary(ResultSet row) throws SQLException {
    var capacity = row.getInt("capacity");
    return new Summary(
        row.getString("room_id"),
        row.getString("name"),
        row.getString("topic"),
        Visibility.valueOf(row.getString("visibility").toUpperCase(Locale.ROOT)),
        row.getBoolean("passcode"),
        capacity == 0 ? OptionalInt.empty() : OptionalInt.of(capacity),
        Optional.empty(),
        row.getInt("members"),
        row.getTimestamp("created").toInstant(),
        row.getLong("seq"));
  }
}
