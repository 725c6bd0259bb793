package kith.node.feature.presence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.platform.database.BatchWriter;
import kith.node.platform.database.Jdbc;
import kith.node.privacy.JdbcPrivacy;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// Last seen in the database, beside the privacy policies. Times only move forward.
public final class JdbcLastSeen implements LastSeen {
  private final Jdbc jdbc;
  private final BatchWriter.Input<Instant> writer;

  private JdbcLastSeen(Jdbc jdbc, BatchWriter.Input<Instant> writer) {
    this.jdbc = jdbc;
    this.writer = writer;
  }

  /// @param spawn starts the writing actor
  /// @param most users whose times wait to be written
  public static JdbcLastSeen start(
      Function<Behavior<BatchWriter.Command<Instant>>, ActorRef<BatchWriter.Command<Instant>>>
          spawn,
      Jdbc jdbc,
      int most) {
    return new JdbcLastSeen(
        jdbc, BatchWriter.start(spawn, jdbc, most, JdbcLastSeen::later, JdbcLastSeen::write));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  @Override
  public CompletionStage<List<PresenceState>> of(Set<String> users) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            "SELECT asked.account, last_seen.at, "
                + JdbcPrivacy.COLUMNS
                + """
                FROM unnest(?) AS asked (account)
                LEFT JOIN last_seen ON last_seen.account = asked.account
                LEFT JOIN account_privacy ON account_privacy.account = asked.account
                WHERE last_seen.at IS NOT NULL OR account_privacy.version IS NOT NULL
                """,
            JdbcLastSeen::state,
            array(connection, users)));
  }

  private static PresenceState state(ResultSet row) throws SQLException {
    var at = Optional.ofNullable(row.getObject("at", OffsetDateTime.class));
    return new PresenceState(
        row.getString("account"),
        Status.OFFLINE,
        at.map(OffsetDateTime::toInstant),
        Optional.of(JdbcPrivacy.policy(row)));
  }

  @Override
  public void seen(String user, Instant at) {
    writer.keep(user, at);
  }

  /// Completes when everything seen before is written, or fails when it cannot be.
  public CompletionStage<Void> flush() {
    return writer.flush();
  }

  private static int write(Connection connection, SortedMap<String, Instant> batch)
      throws SQLException {
    return Jdbc.change(
        connection,
        """
        INSERT INTO last_seen (account, at)
        SELECT * FROM unnest(?::text[], ?::timestamptz[])
        ON CONFLICT (account) DO UPDATE SET at = greatest(last_seen.at, excluded.at)
        """,
        array(connection, batch.keySet()),
        array(connection, batch.values().stream().map(Instant::toString).toList()));
  }

  private static java.sql.Array array(Connection connection, Collection<String> values)
      throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}
