package kith.node.feature.administration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.feature.administration.ServerCondition.Announced;
import kith.node.feature.administration.ServerCondition.BannedNetwork;
import kith.node.feature.administration.ServerCondition.Maintenance;
import kith.node.platform.config.Subnet;
import kith.node.platform.database.Jdbc;

/// The tables with the administrators' decisions about the whole server. Every change first takes
/// the only row of `server_condition`, so that changes happen one at a time and bounds hold.
final class ConditionTable {
  private final Jdbc jdbc;
  private final int mostBans;
  private final int mostAnnouncements;

  /// @param mostBans networks that may be banned
  /// @param mostAnnouncements announcements that may be valid at a time
  ConditionTable(Jdbc jdbc, int mostBans, int mostAnnouncements) {
    this.jdbc = jdbc;
    this.mostBans = mostBans;
    this.mostAnnouncements = mostAnnouncements;
  }

  /// The condition, or `known` if it has not changed since.
  CompletionStage<ServerCondition> latest(ServerCondition known) {
    return jdbc.with(connection -> {
      var version =
          Jdbc.rows(connection, "SELECT version FROM server_condition", row -> row.getLong(1))
              .getFirst();
      return version == known.version() ? known : all(connection);
    });
  }

  private static ServerCondition all(Connection connection) throws SQLException {
    // must be first, so that a change during the other reads is read the next time
    var head =
        Jdbc.rows(
                connection,
                "SELECT * FROM server_condition",
                row ->
                    new ServerCondition(
                        row.getLong("version"), maintenance(row), List.of(), List.of()))
            .getFirst();
    return new ServerCondition(
        head.version(),
        head.maintenance(),
        Jdbc.rows(connection, "SELECT * FROM network_ban ORDER BY network", ConditionTable::ban),
        Jdbc.rows(
            connection, "SELECT * FROM announcement ORDER BY number", ConditionTable::announced));
  }

  private static Optional<Maintenance> maintenance(ResultSet row) throws SQLException {
    var since = row.getTimestamp("maintenance_since");
    return since == null
        ? Optional.empty()
        : Optional.of(
            new Maintenance(
                since.toInstant(),
                row.getString("maintenance_by"),
                Optional.ofNullable(row.getString("maintenance_message"))));
  }

  private static BannedNetwork ban(ResultSet row) throws SQLException {
    var until = row.getTimestamp("until");
    return new BannedNetwork(
        Subnet.of(row.getString("network")),
        row.getString("network"),
        row.getTimestamp("created").toInstant(),
        row.getString("by"),
        until == null ? Optional.empty() : Optional.of(until.toInstant()),
        Optional.ofNullable(row.getString("reason")));
  }

  private static Announced announced(ResultSet row) throws SQLException {
    return new Announced(
        row.getLong("number"),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("until").toInstant(),
        row.getString("text"),
        row.getString("by"));
  }

  private interface Change<T> {
    T make(Connection connection, long version) throws SQLException;
  }

  /// Makes a change, which gets the next version.
  private <T> CompletionStage<T> changed(Change<T> change) {
    return jdbc.inTransaction(connection -> {
      var version =
          Jdbc.rows(
                  connection,
                  "UPDATE server_condition SET version = version + 1 RETURNING version",
                  row -> row.getLong(1))
              .getFirst();
      return change.make(connection, version);
    });
  }

  /// A change that is repeated keeps the time of the first.
  CompletionStage<Integer> change(Optional<Maintenance> maintenance) {
    return changed((connection, _) ->
        Jdbc.change(
            connection,
            """
            UPDATE server_condition SET maintenance_by = ?, maintenance_message = ?,
              maintenance_since = CASE WHEN ? THEN coalesce(maintenance_since, ?::timestamptz) END
            """,
            maintenance.map(Maintenance::by),
            maintenance.flatMap(Maintenance::message),
            maintenance.isPresent(),
            maintenance.map(Maintenance::since)));
  }

  /// False if there are already too many. Banning a network again replaces the earlier ban.
  CompletionStage<Boolean> ban(BannedNetwork ban) {
    return changed(
            (connection, _) -> {
              Jdbc.change(connection, "DELETE FROM network_ban WHERE until < ?", ban.created());
              return Jdbc.change(
                  connection,
                  """
                  INSERT INTO network_ban (network, created, by, until, reason)
                  SELECT ?::cidr, ?::timestamptz, ?, ?::timestamptz, ?
                  WHERE (SELECT count(*) FROM network_ban WHERE network <> ?::cidr) < ?
                  ON CONFLICT (network) DO UPDATE SET created = excluded.created, by = excluded.by,
                    until = excluded.until, reason = excluded.reason
                  """,
                  ban.text(),
                  ban.created(),
                  ban.by(),
                  ban.until(),
                  ban.reason(),
                  ban.text(),
                  mostBans);
            })
        .thenApply(rows -> rows == 1);
  }

  /// False if the network is not banned.
  CompletionStage<Boolean> unban(String network) {
    return changed((connection, _) ->
            Jdbc.change(connection, "DELETE FROM network_ban WHERE network = ?::cidr", network))
        .thenApply(rows -> rows == 1);
  }

  /// The number of the announcement; empty if there are already too many.
  CompletionStage<Optional<Long>> announce(String text, String by, Instant now, Instant until) {
    return changed((connection, version) -> {
      Jdbc.change(connection, "DELETE FROM announcement WHERE until < ?", now);
      var rows =
          Jdbc.change(
              connection,
              """
              INSERT INTO announcement (number, created, by, until, text)
              SELECT ?, ?::timestamptz, ?, ?::timestamptz, ? WHERE (SELECT count(*) FROM announcement) < ?
              """,
              version,
              now,
              by,
              until,
              text,
              mostAnnouncements);
      return rows == 1 ? Optional.of(version) : Optional.empty();
    });
  }

  /// False if there is no such announcement.
  CompletionStage<Boolean> withdraw(long number) {
    return changed((connection, _) ->
            Jdbc.change(connection, "DELETE FROM announcement WHERE number = ?", number))
        .thenApply(rows -> rows == 1);
  }
}
