package kith.node.feature.moderation;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import kith.node.platform.database.Jdbc;

/// Counts the open tasks of moderators, without starting any room.
final class BacklogTable implements BacklogNews.LookUps {
  private final Jdbc jdbc;
  private final Clock clock;

  BacklogTable(Jdbc jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<Backlog>> of(
      Set<String> rooms, Set<String> connected, Set<String> users) {
    var now = clock.instant();
    var inRooms = rooms.toArray(String[]::new);
    var ofThose = connected.toArray(String[]::new);
    var ofUsers = users.toArray(String[]::new);
    return jdbc.query(
            """
            SELECT m.account, m.room, 0 AS reports, count(*)::int AS joins
            FROM join_request j JOIN room_moderator m ON m.room = j.room
            WHERE ((j.room = ANY (?) AND m.account = ANY (?)) OR m.account = ANY (?))
              AND j.decision IS NULL AND j.until > ?::timestamptz
            GROUP BY m.account, m.room
            UNION ALL
            SELECT m.account, m.room, count(*)::int AS reports, 0 AS joins
            FROM message_report r JOIN room_moderator m ON m.room = r.room
            WHERE ((r.room = ANY (?) AND m.account = ANY (?)) OR m.account = ANY (?))
              AND r.handled IS NULL AND r.author <> m.account
            GROUP BY m.account, m.room
            """,
            row ->
                new Backlog(
                    row.getString("account"),
                    row.getString("room"),
                    row.getInt("reports"),
                    row.getInt("joins")),
            inRooms,
            ofThose,
            ofUsers,
            now,
            inRooms,
            ofThose,
            ofUsers)
        .thenApply(BacklogTable::together);
  }

  private record Place(String account, String room) {}

  private static List<Backlog> together(Collection<Backlog> counts) {
    BinaryOperator<Backlog> sum = Backlog::and;
    return List.copyOf(
        counts.stream()
            .collect(Collectors.toMap(it -> new Place(it.account(), it.room()), it -> it, sum))
            .values());
  }
}
