package kith.node.feature.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.NameRegistry;
import kith.node.core.room.RoomNames;
import kith.node.core.room.RoomState;
import kith.node.core.room.RoomView;
import kith.node.core.room.RoomView.Summary;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list of public rooms, in a table: to find them by name, and to keep their names unique.
///
/// A reservation is a row with a `seq` of 0: the name of a room that is not created or not public
/// yet. It is never listed.
public final class RoomDirectory implements NameRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(RoomDirectory.class);

  private final Jdbc jdbc;
  private final Clock clock;

  public RoomDirectory(Jdbc jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// @param next the `after` of the next page
  public record Page(List<Summary> rooms, Optional<String> next) {
    public Page {
      rooms = List.copyOf(rooms);
    }
  }

  @Override
  public CompletionStage<Boolean> reserve(String room, String name) {
    return jdbc.with(connection -> reserve(connection, room, name));
  }

  private boolean reserve(Connection connection, String room, String name) throws SQLException {
    var now = Timestamp.from(clock.instant());
    var stale = Timestamp.from(clock.instant().minus(Intervals.NAME_RESERVATION));
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

  /// The ids of rooms by a text that a user gave: the name of a public room, or the id of any room.
  public CompletionStage<Map<String, String>> ids(Set<String> named) {
    if (named.isEmpty()) return CompletableFuture.completedFuture(Map.of());
    var keys = named.stream().map(RoomNames::key).toList();
    return jdbc.with(connection -> {
      var found = new HashMap<String, String>();
      var rows =
          Jdbc.rows(
              connection,
              """
              SELECT room_id, name_key, visibility = 'public' FROM room_directory
              WHERE seq > 0
                AND (room_id = ANY (?) OR visibility = 'public' AND name_key = ANY (?))
              """,
              row -> new Called(row.getString(1), row.getString(2), row.getBoolean(3)),
              connection.createArrayOf("text", named.toArray()),
              connection.createArrayOf("text", keys.toArray()));
      for (var name : named)
        rows.stream()
            .filter(it -> it.isCalled(name))
            // a public room may have the id of another as its name
            .min(Comparator.comparing(it -> !it.room().equals(name)))
            .ifPresent(it -> found.put(name, it.room()));
      return found;
    });
  }

  private record Called(String room, String nameKey, boolean isPublic) {
    boolean isCalled(String name) {
      return room.equals(name) || (isPublic && nameKey.equals(RoomNames.key(name)));
    }
  }

  /// A reservation of a room that does not exist yet expires instead.
  @Override
  public void release(String id, RoomState room) {
    if (!room.isOpen()) return;
    var _ =
        jdbc.with(
                connection -> {
                  put(
                      connection,
                      RoomView.summary(id, room),
                      owners(room),
                      room.moderation().forbidsChanges());
                  return id;
                })
            .exceptionally(fault -> {
              LOG.warn("directory=name-not-released room={}", id, fault);
              return id;
            });
  }

  /// Writes a room's row, unless the row has a newer state.
  void put(Connection connection, Summary room, List<String> owners, boolean isArchived)
      throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO room_directory
          (room_id, name, name_key, topic, visibility, passcode, capacity, members, created, seq,
            claimed, owners, archived)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (room_id) DO UPDATE
          SET name = excluded.name, name_key = excluded.name_key, topic = excluded.topic,
              visibility = excluded.visibility, passcode = excluded.passcode,
              capacity = excluded.capacity, members = excluded.members,
              created = excluded.created, seq = excluded.seq, owners = excluded.owners,
              archived = excluded.archived
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
        room.created(),
        room.lastSeq(),
        clock.instant(),
        connection.createArrayOf("text", owners.toArray()),
        isArchived);
  }

  /// Some owners of a room, in order of name.
  static List<String> owners(RoomState room) {
    return room.members().entrySet().stream()
        .filter(member -> member.getValue().role() == Role.OWNER)
        .map(Map.Entry::getKey)
        .sorted()
        .limit(Portions.LISTED_OWNERS)
        .toList();
  }

  static void remove(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM room_directory WHERE room_id = ?", room);
  }

  /// The public rooms, without archived ones, whose name or topic contains `query`, in order of
  /// name.
  public CompletionStage<Page> list(Optional<String> query, Optional<String> after, int limit) {
    var sought = RoomNames.key(query.orElse(""));
    return jdbc.query(
            """
            SELECT * FROM room_directory
            WHERE visibility = 'public' AND NOT archived AND seq > 0 AND name_key > ?
              AND (position(? IN name_key) > 0 OR position(? IN lower(topic)) > 0)
            ORDER BY name_key LIMIT ?
            """,
            RoomDirectory::summary,
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

  /// The public room of this name.
  public CompletionStage<Optional<Summary>> find(String name) {
    return jdbc.query(
            "SELECT * FROM room_directory WHERE visibility = 'public' AND seq > 0 AND name_key = ?",
            RoomDirectory::summary,
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
