package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;

/// Positions in the table `projection_position`, beside the tables of the projections.
public final class JdbcProjectionStore implements ProjectionStore {
  private record Key(String room, String projection) {
    private static Key of(Advance advance) {
      return new Key(advance.change().room(), advance.projection().name());
    }
  }

  private record Position(String projection, long seq) {}

  private final Jdbc jdbc;
  private final GroupedReads<String, List<Position>> positions;
  private final GroupedAdvances grouped = new GroupedAdvances(this::applyAll);

  public JdbcProjectionStore(Jdbc jdbc) {
    this.jdbc = jdbc;
    this.positions =
        GroupedReads.rows(
            jdbc,
            "SELECT room, projection, seq FROM projection_position WHERE room = ANY(?)",
            row -> new Position(row.getString(2), row.getLong(3)));
  }

  @Override
  public CompletionStage<Map<String, Long>> positions(String room) {
    return positions
        .of(room)
        .thenApply(
            rows -> rows.stream().collect(Collectors.toMap(Position::projection, Position::seq)));
  }

  @Override
  public CompletionStage<Boolean> apply(Advance advance) {
    return advance.isUrgent()
        ? applyAll(List.of(advance)).thenApply(List::getFirst)
        : grouped.add(advance);
  }

  /// Returns for each advance whether it was applied.
  private CompletionStage<List<Boolean>> applyAll(List<Advance> advances) {
    return jdbc.inTransaction(connection -> {
      var moved = move(connection, advances);
      var changes = new LinkedHashMap<Projection, List<Projection.Change>>();
      for (var it : advances)
        if (moved.contains(Key.of(it)))
          changes.computeIfAbsent(it.projection(), _ -> new ArrayList<>()).add(it.change());
      for (var it : changes.entrySet()) it.getKey().apply(connection, it.getValue());
      return advances.stream().map(it -> moved.contains(Key.of(it))).toList();
    });
  }

  /// The condition on the old position also rejects writes of an incarnation that does not know yet
  /// that its room runs on another node.
  private static Set<Key> move(Connection connection, List<Advance> advances) throws SQLException {
    var moved = new HashSet<Key>();
    var first = advances.stream().filter(it -> it.from() == 0).toList();
    if (!first.isEmpty())
      moved.addAll(
          moved(
              connection,
              """
              INSERT INTO projection_position AS old (room, projection, seq)
              SELECT room, projection, next FROM unnest(?::text[], ?::text[], ?::bigint[])
                AS moved (room, projection, next)
              ON CONFLICT (room, projection) DO UPDATE SET seq = excluded.seq WHERE old.seq = 0
              RETURNING room, projection
              """,
              texts(connection, first, it -> it.change().room()),
              texts(connection, first, it -> it.projection().name()),
              numbers(connection, first, Advance::to)));
    var further = advances.stream().filter(it -> it.from() != 0).toList();
    if (!further.isEmpty())
      moved.addAll(
          moved(
              connection,
              """
              UPDATE projection_position AS old SET seq = moved.next
              FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                AS moved (room, projection, next, previous)
              WHERE old.room = moved.room AND old.projection = moved.projection
                AND old.seq = moved.previous
              RETURNING old.room, old.projection
              """,
              texts(connection, further, it -> it.change().room()),
              texts(connection, further, it -> it.projection().name()),
              numbers(connection, further, Advance::to),
              numbers(connection, further, Advance::from)));
    return moved;
  }

  private static List<Key> moved(Connection connection, String sql, Object... values)
      throws SQLException {
    return Jdbc.rows(connection, sql, row -> new Key(row.getString(1), row.getString(2)), values);
  }

  private static java.sql.Array texts(
      Connection connection, List<Advance> advances, Function<Advance, String> value)
      throws SQLException {
    return connection.createArrayOf("text", advances.stream().map(value).toArray());
  }

  private static java.sql.Array numbers(
      Connection connection, List<Advance> advances, Function<Advance, Long> value)
      throws SQLException {
    return connection.createArrayOf("bigint", advances.stream().map(value).toArray());
  }

  @Override
  public CompletionStage<Void> reset(Projection projection, String room) {
    return jdbc.inTransaction(
            connection -> {
              projection.clear(connection, room);
              return Jdbc.change(
                  connection,
                  "DELETE FROM projection_position WHERE room = ? AND projection = ?",
                  room,
                  projection.name());
            })
        .thenAccept(_ -> {});
  }
}
