package kith.node.feature.reminders;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// The due reminders about which receivers outside the cluster have to be notified.
///
/// Nothing is queued: a reminder counts as unsettled for a receiver until it is settled for its
/// time. So there is no notification for the old time of a reminder that is removed or postponed,
/// and a node that dies leaves nothing behind.
public final class DueReminders {
  private static final String UNSETTLED =
      """
      NOT EXISTS (
        SELECT FROM reminder_settled settled
        WHERE settled.target = %s AND settled.reminder = due.reminder AND settled.at = due.at)
      """;

  private static final String WITHDRAWABLE =
      """
      settled.shown AND settled.at > ?::timestamptz AND NOT EXISTS (
        SELECT FROM reminder due
        WHERE due.account = settled.account AND due.reminder = settled.reminder
          AND due.at = settled.at)
      """;

  private final Jdbc jdbc;

  public DueReminders(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// @param since the time at which it was made; it is not notified of earlier reminders
  public record Receiver(String id, String account, Instant since) {}

  /// A reminder for one of its times.
  ///
  /// @param text absent if it has only a message
  public record Due(String account, String reminder, Instant at, Optional<String> text) {}

  /// A reminder that a receiver shows, and the time for which it does.
  public record Shown(String reminder, Instant at) {}

  /// A page of the accounts with due reminders, in their order.
  ///
  /// @param after reminders until then are too old
  /// @param until reminders after it are not due for long enough
  /// @param from the account before the first one
  public CompletionStage<List<String>> accounts(
      Instant after, Instant until, String from, int most) {
    return jdbc.query(
        """
        SELECT DISTINCT account FROM reminder
        WHERE at > ?::timestamptz AND at <= ?::timestamptz AND account > ?
        ORDER BY account LIMIT ?
        """,
        row -> row.getString(1),
        after,
        until,
        from,
        most);
  }

  /// Those of the receivers with unsettled reminders.
  public CompletionStage<List<String>> unsettled(
      Collection<Receiver> receivers, Instant after, Instant until) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            """
            SELECT DISTINCT receiver.id
            FROM unnest(?::text[], ?::text[], ?::timestamptz[]) receiver (id, account, since)
            JOIN reminder due ON due.account = receiver.account AND due.at > receiver.since
            WHERE due.at > ?::timestamptz AND due.at <= ?::timestamptz AND
            """
                + UNSETTLED.formatted("receiver.id")
                + "ORDER BY receiver.id",
            row -> row.getString(1),
            array(connection, "text", receivers.stream().map(Receiver::id).toArray()),
            array(connection, "text", receivers.stream().map(Receiver::account).toArray()),
            array(
                connection,
                "timestamptz",
                receivers.stream().map(it -> it.since().toString()).toArray()),
            after,
            until));
  }

  private static Object array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }

  /// The earliest reminder that is not settled for a receiver.
  public CompletionStage<Optional<Due>> next(Receiver receiver, Instant after, Instant until) {
    return jdbc.query(
            """
            SELECT account, reminder, at, text FROM reminder due
            WHERE account = ? AND at > ?::timestamptz AND at > ?::timestamptz
              AND at <= ?::timestamptz AND
            """
                + UNSETTLED.formatted("?")
                + "ORDER BY at, reminder LIMIT 1",
            row ->
                new Due(
                    row.getString("account"),
                    row.getString("reminder"),
                    time(row),
                    Optional.ofNullable(row.getString("text"))),
            receiver.account(),
            receiver.since(),
            after,
            until,
            receiver.id())
        .thenApply(found -> found.stream().findFirst());
  }

  private static Instant time(ResultSet row) throws SQLException {
    return row.getObject("at", OffsetDateTime.class).toInstant();
  }

  /// False if the reminder was removed or postponed.
  public CompletionStage<Boolean> isDue(Due due) {
    return jdbc.query(
            "SELECT true FROM reminder WHERE account = ? AND reminder = ? AND at = ?::timestamptz",
            row -> row.getBoolean(1),
            due.account(),
            due.reminder(),
            due.at())
        .thenApply(found -> !found.isEmpty());
  }

  /// The receiver is not notified of the reminder again for this time.
  ///
  /// @param isShown false if it was not notified at all
  public CompletionStage<Integer> settle(String receiver, Due due, boolean isShown) {
    return jdbc.update(
        """
        INSERT INTO reminder_settled (target, account, reminder, at, shown)
        VALUES (?, ?, ?, ?::timestamptz, ?)
        ON CONFLICT (target, reminder, at) DO UPDATE
        SET shown = reminder_settled.shown OR excluded.shown
        """,
        receiver,
        due.account(),
        due.reminder(),
        due.at(),
        isShown);
  }

  /// A reminder that the receiver shows, and that was removed or postponed since.
  ///
  /// @param after reminders that were due until then stay
  public CompletionStage<Optional<Shown>> withdrawable(String receiver, Instant after) {
    return jdbc.query(
            "SELECT reminder, at FROM reminder_settled settled WHERE target = ? AND "
                + WITHDRAWABLE
                + "ORDER BY at LIMIT 1",
            row -> new Shown(row.getString("reminder"), time(row)),
            receiver,
            after)
        .thenApply(found -> found.stream().findFirst());
  }

  /// A page of the receivers that show such reminders, in the order of their ids.
  ///
  /// @param from the receiver before the first one
  public CompletionStage<List<String>> withWithdrawable(Instant after, String from, int most) {
    return jdbc.query(
        "SELECT DISTINCT target FROM reminder_settled settled WHERE target > ? AND "
            + WITHDRAWABLE
            + "ORDER BY target LIMIT ?",
        row -> row.getString(1),
        from,
        after,
        most);
  }

  public CompletionStage<Integer> withdrawn(String receiver, Shown shown) {
    return jdbc.update(
        "DELETE FROM reminder_settled WHERE target = ? AND reminder = ? AND at = ?::timestamptz",
        receiver,
        shown.reminder(),
        shown.at());
  }

  public CompletionStage<Integer> forget(Instant before) {
    return jdbc.update("DELETE FROM reminder_settled WHERE at < ?::timestamptz", before);
  }
}
