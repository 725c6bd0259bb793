package kith.node.feature.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kith.node.platform.database.Jdbc;

/// Positions to be written, merged by account and room. One statement writes all of them, another
/// one deletes the absent ones; existing rows are merged as [Position#merge] does.
final class PositionBatch {
  /// The primary key of a row.
  record Key(String account, String room) {}

  /// An absent position is to be deleted.
  private final Map<Key, Optional<Position>> waiting = new HashMap<>();

  void keep(String account, Position position) {
    waiting.merge(
        new Key(account, position.room()),
        Optional.of(position),
        (earlier, later) -> earlier.isEmpty() ? later : later.map(it -> earlier.get().merge(it)));
  }

  void forget(String account, String room) {
    waiting.put(new Key(account, room), Optional.empty());
  }

  int size() {
    return waiting.size();
  }

  /// Adds a batch that could not be written and is older than this one.
  void addBelow(PositionBatch older) {
    older.waiting.forEach((key, position) ->
        waiting.merge(
            key,
            position,
            (newer, _) ->
                newer.isPresent() && position.isPresent()
                    ? Optional.of(position.get().merge(newer.get()))
                    : newer));
  }

  int write(Connection connection) throws SQLException {
    var kept = new ArrayList<Map.Entry<Key, Position>>();
    var forgotten = new ArrayList<Key>();
    waiting.forEach((key, position) ->
        position.ifPresentOrElse(it -> kept.add(Map.entry(key, it)), () -> forgotten.add(key)));
    return forget(connection, forgotten) + keep(connection, kept);
  }

  private static int forget(Connection connection, List<Key> keys) throws SQLException {
    return Jdbc.change(
        connection,
        "DELETE FROM read_position WHERE (account, room) IN"
            + " (SELECT * FROM unnest(?::text[], ?::text[]))",
        array(connection, "text", keys, Key::account),
        array(connection, "text", keys, Key::room));
  }

  private static int keep(Connection connection, List<Map.Entry<Key, Position>> rows)
      throws SQLException {
    return Jdbc.change(
        connection,
        """
        INSERT INTO read_position AS old
          (account, room, read, messages, unread_from, muted, marked, delivered, seen)
        SELECT * FROM unnest(
          ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[],
          ?::bigint[], ?::bigint[])
        ON CONFLICT (account, room) DO UPDATE
          SET read = greatest(old.read, excluded.read),
              messages = greatest(old.messages, excluded.messages),
              (marked, muted, unread_from) =
                (SELECT excluded.marked, excluded.muted, excluded.unread_from
                 UNION ALL SELECT old.marked, old.muted, old.unread_from
                 ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT 1),
              delivered = greatest(old.delivered, excluded.delivered),
              seen = greatest(old.seen, excluded.seen)
        """,
        array(connection, "text", rows, row -> row.getKey().account()),
        array(connection, "text", rows, row -> row.getKey().room()),
        array(connection, "bigint", rows, row -> row.getValue().read()),
        array(connection, "bigint", rows, row -> row.getValue().counts().messages()),
        array(connection, "bigint", rows, row -> row.getValue().unreadFrom().orElse(0)),
        array(connection, "boolean", rows, row -> row.getValue().muted()),
        array(connection, "bigint", rows, row -> row.getValue().marked()),
        array(connection, "bigint", rows, row -> row.getValue().shared().delivered()),
        array(connection, "bigint", rows, row -> row.getValue().shared().read()));
  }

  private static <T> java.sql.Array array(
      Connection connection, String type, List<T> rows, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }
}
