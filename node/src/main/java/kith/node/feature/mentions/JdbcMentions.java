package kith.node.feature.mentions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// Mentions in a table: one row for each name in a message, and one for all of a room.
public final class JdbcMentions implements MentionIndex {
  private static final String EVERYONE = "@room";

  private final Jdbc jdbc;

  public JdbcMentions(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<Map<String, List<Mention>>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored, int most) {
    var rooms = List.copyOf(seqByRoom.keySet());
    return jdbc.with(connection -> {
      var mentions = new HashMap<String, List<Mention>>();
      Jdbc.rows(
          connection,
          """
          SELECT found.* FROM unnest(?::text[], ?::bigint[]) AS asked (room, upto)
          CROSS JOIN unnest(ARRAY[?, ?]) AS meant (name)
          CROSS JOIN LATERAL (
            SELECT room, seq, name, author FROM mention
            WHERE room = asked.room AND name = meant.name AND seq > asked.upto
              AND author <> ALL (?)
            ORDER BY seq DESC LIMIT ?) found
          """,
          row ->
              mentions
                  .computeIfAbsent(row.getString("room"), _ -> new ArrayList<>())
                  .add(mention(row)),
          connection.createArrayOf("text", rooms.toArray()),
          connection.createArrayOf("bigint", rooms.stream().map(seqByRoom::get).toArray()),
          user,
          EVERYONE,
          connection.createArrayOf("text", ignored.toArray()),
          most);
      return mentions;
    });
  }

  private static Mention mention(ResultSet row) throws SQLException {
    return new Mention(row.getLong("seq"), row.getString("author"), List.of(row.getString("name")));
  }
}
