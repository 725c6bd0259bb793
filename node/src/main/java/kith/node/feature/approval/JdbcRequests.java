package kith.node.feature.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;
import kith.protocol.JoinState;
import kith.protocol.rest.Joining.OwnJoinRequest;
import org.jspecify.annotations.Nullable;

/// The table of requests to join.
final class JdbcRequests implements RequestStore {
  private final Jdbc jdbc;
  private final ApprovalSettings bounds;
  private final GroupedReads<String, List<JoinRequest>> ofRooms;

  JdbcRequests(Jdbc jdbc, ApprovalSettings bounds) {
    this.jdbc = jdbc;
    this.bounds = bounds;
    this.ofRooms =
        GroupedReads.rows(
            jdbc,
            """
            SELECT room, account, message, created, until, decision, reason FROM join_request
            WHERE room = ANY(?)
            """,
            JdbcRequests::request);
  }

  @Override
  public CompletionStage<List<JoinRequest>> ofRoom(String room, Instant now) {
    return ofRooms
        .of(room)
        .thenApply(requests -> requests.stream().filter(it -> it.isInForce(now)).toList());
  }

  @Override
  public CompletionStage<List<OwnJoinRequest>> ofAccount(String user, Instant now) {
    return jdbc.query(
        """
        SELECT room, name, message, created, until, decision, reason FROM join_request
        WHERE account = ? AND until > ?::timestamptz ORDER BY created, room
        """,
        JdbcRequests::own,
        user,
        now);
  }

  @Override
  public CompletionStage<Boolean> put(String room, String name, JoinRequest request) {
    return jdbc.inTransaction(connection -> {
      // requests of one account in several rooms are counted one at a time
      Jdbc.rows(
          connection,
          "SELECT pg_advisory_xact_lock(hashtextextended('join-requests/' || ?, 0))",
          _ -> 0,
          request.user());
      Jdbc.change(
          connection,
          "DELETE FROM join_request WHERE (room = ? OR account = ?) AND until <= ?::timestamptz",
          room,
          request.user(),
          request.created());
      return Jdbc.change(
              connection,
              """
              INSERT INTO join_request (room, account, name, message, created, until)
              SELECT ?, ?, ?, ?, ?::timestamptz, ?::timestamptz
              WHERE (SELECT count(*) FROM join_request WHERE room = ? AND account <> ?) < ?
                AND (SELECT count(*) FROM join_request WHERE account = ? AND room <> ?) < ?
              ON CONFLICT (room, account) DO UPDATE SET name = excluded.name,
                message = excluded.message, created = excluded.created, until = excluded.until,
                decision = NULL, reason = NULL
              WHERE join_request.decision IS NULL
              """,
              room,
              request.user(),
              name,
              request.text(),
              request.created(),
              request.until(),
              room,
              request.user(),
              bounds.perRoom(),
              request.user(),
              room,
              bounds.perAccount())
          == 1;
    });
  }

  @Override
  public CompletionStage<Boolean> decide(String room, JoinRequest decided) {
    return jdbc.update(
            """
            UPDATE join_request SET decision = ?, reason = ?, until = ?::timestamptz
            WHERE room = ? AND account = ? AND decision IS NULL
            """,
            decided.state() == JoinState.ACCEPTED ? "accepted" : "declined",
            decided.reason(),
            decided.until(),
            room,
            decided.user())
        .thenApply(rows -> rows == 1);
  }

  @Override
  public CompletionStage<Boolean> remove(String room, Set<String> users) {
    return jdbc.update(
            "DELETE FROM join_request WHERE room = ? AND account = ANY (?)",
            room,
            users.toArray(String[]::new))
        .thenApply(_ -> true);
  }

  @Override
  public CompletionStage<List<String>> removeAll(String room) {
    return jdbc.query(
        "DELETE FROM join_request WHERE room = ? RETURNING account",
        row -> row.getString("account"),
        room);
  }

  private static JoinRequest request(ResultSet row) throws SQLException {
    return new JoinRequest(
        row.getString("account"),
        Optional.ofNullable(row.getString("message")),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("until").toInstant(),
        state(row.getString("decision")),
        Optional.ofNullable(row.getString("reason")));
  }

  private static OwnJoinRequest own(ResultSet row) throws SQLException {
    return new OwnJoinRequest(
        row.getString("room"),
        row.getString("name"),
        Optional.ofNullable(row.getString("message")),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("until").toInstant(),
        state(row.getString("decision")),
        Optional.ofNullable(row.getString("reason")));
  }

  private static JoinState state(@Nullable String decision) {
    if (decision == null) return JoinState.WAITING;
    return decision.equals("accepted") ? JoinState.ACCEPTED : JoinState.DECLINED;
  }
}
