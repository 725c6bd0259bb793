package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// Positions in the table `projection_position`, beside the tables of the projections.
public final class JdbcProjectionStore implements ProjectionStore {
  private final Jdbc jdbc;

  public JdbcProjectionStore(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<Map<String, Long>> positions(String room) {
    return jdbc.with(connection -> {
      var seqByProjection = new HashMap<String, Long>();
      Jdbc.rows(
          connection,
          "SELECT projection, seq FROM projection_position WHERE room = ?",
          row -> seqByProjection.put(row.getString(1), row.getLong(2)),
          room);
      return seqByProjection;
    });
  }

  @Override
  public CompletionStage<Boolean> apply(
      Projection projection, long from, long to, Projection.Change change) {
    return jdbc.inTransaction(connection -> {
      if (!move(connection, projection.name(), change.room(), from, to)) return false;
      projection.apply(connection, change);
      return true;
    });
  }

  /// The condition on the old position also rejects writes of an incarnation that does not know yet
  /// that its room runs on another node.
  private static boolean move(
      Connection connection, String projection, String room, long from, long to)
      throws SQLException {
    var moved =
        from == 0
            ? Jdbc.change(
                connection,
                """
                INSERT INTO projection_position AS old (room, projection, seq) VALUES (?, ?, ?)
                ON CONFLICT (room, projection) DO UPDATE SET seq = excluded.seq WHERE old.seq = 0
                """,
                room,
                projection,
                to)
            : Jdbc.change(
                connection,
                "UPDATE projection_position SET seq = ?"
                    + " WHERE room = ? AND projection = ? AND seq = ?",
                to,
                room,
                projection,
                from);
    return moved == 1;
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
