package kith.node.feature.administration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Room;
import kith.node.core.room.RoomNames;
import kith.node.platform.database.Jdbc;
import kith.protocol.Visibility;
import kith.protocol.rest.Administration.AllRooms;
import kith.protocol.rest.Administration.ListedRoom;

/// All rooms except conversations, from the room directory: their owners and sizes, but none of
/// their messages.
public record RoomList(Jdbc jdbc) {
  /// A room without an owner who can act. In rows of an older release the owners are unknown.
  private static final String ORPHANED =
      """
      (owners IS NOT NULL AND NOT EXISTS (SELECT FROM account_directory AS account
        WHERE account.account = ANY (owners) AND NOT account.disabled))\
      """;

  /// Before the id of a room in the name of its journal.
  private static final String PREFIX = Room.KEY.name() + "|";

  /// @param query a part of the name, or the id
  /// @param after the last room of the page before
  CompletionStage<AllRooms> list(
      Optional<String> query, boolean onlyOrphaned, Optional<String> after, int limit) {
    var conditions =
        new ArrayList<String>(List.of("seq > 0", "visibility <> 'direct'", "room_id > ?"));
    var values = new ArrayList<Object>(List.of(PREFIX, after.orElse("")));
    query.ifPresent(text -> {
      conditions.add("(position(? IN name_key) > 0 OR room_id = ?)");
      values.addAll(List.of(RoomNames.key(text), text));
    });
    if (onlyOrphaned) conditions.add(ORPHANED);
    values.add(limit + 1);
    return jdbc.query(
            """
            SELECT room_id, name, visibility, members, created, owners, archived, %s AS orphaned,
              (SELECT max(sequence_number) FROM event_journal
                WHERE persistence_id = ? || room_id) AS entries,
              (SELECT bytes FROM file_usage WHERE owner = 'room ' || room_id) AS file_bytes
            FROM room_directory WHERE %s ORDER BY room_id LIMIT ?
            """
                .formatted(ORPHANED, String.join(" AND ", conditions)),
            RoomList::listed,
            values.toArray())
        .thenApply(found ->
            found.size() <= limit
                ? new AllRooms(found, Optional.empty())
                : new AllRooms(found.subList(0, limit), Optional.of(found.get(limit - 1).room())));
  }

  private static ListedRoom listed(ResultSet row) throws SQLException {
    var owners = row.getArray("owners");
    return new ListedRoom(
        row.getString("room_id"),
        row.getString("name"),
        Visibility.valueOf(row.getString("visibility").toUpperCase(Locale.ROOT)),
        row.getTimestamp("created").toInstant(),
        row.getInt("members"),
        owners == null ? List.of() : List.of((String[]) owners.getArray()),
        row.getBoolean("orphaned"),
        row.getLong("entries"),
        row.getLong("file_bytes"),
        row.getBoolean("archived") ? Optional.of(true) : Optional.empty());
  }
}
