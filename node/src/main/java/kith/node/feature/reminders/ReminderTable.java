package kith.node.feature.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// The reminders of all accounts. They name messages, and contain no text of messages.
///
/// A row stays until the account removes it, so a reminder stays due even if nodes fail meanwhile.
final class ReminderTable {
  private static final String COLUMNS = "SELECT account, reminder, at, text, room, seq ";

  private final Jdbc jdbc;
  private final int perAccount;

  ReminderTable(Jdbc jdbc, int perAccount) {
    this.jdbc = jdbc;
    this.perAccount = perAccount;
  }

  /// Makes a reminder, or replaces the one with this id.
  ///
  /// @return false if the account has too many
  CompletionStage<Boolean> put(Reminder reminder) {
    return jdbc.inTransaction(connection -> {
      // requests of one account take turns, so that its limit holds
      Jdbc.rows(
          connection,
          "SELECT pg_advisory_xact_lock(hashtextextended(?, 57))",
          _ -> 0,
          reminder.account());
      var rows =
          Jdbc.change(
              connection,
              """
              INSERT INTO reminder (account, reminder, at, text, room, seq)
              SELECT ?, ?, ?, ?, ?, ?
              WHERE (SELECT count(*) FROM reminder WHERE account = ? AND reminder <> ?) < ?
              ON CONFLICT (account, reminder) DO UPDATE
              SET at = excluded.at, text = excluded.text, room = excluded.room, seq = excluded.seq
              """,
              reminder.account(),
              reminder.id(),
              time(reminder.at()),
              reminder.text(),
              reminder.message().map(Reminder.Message::room),
              reminder.message().map(Reminder.Message::seq),
              reminder.account(),
              reminder.id(),
              perAccount);
      return rows == 1;
    });
  }

  /// @return false if there was none
  CompletionStage<Boolean> remove(String account, String id) {
    return jdbc.update("DELETE FROM reminder WHERE account = ? AND reminder = ?", account, id)
        .thenApply(rows -> rows == 1);
  }

  /// All reminders of an account, the earliest first.
  CompletionStage<List<Reminder>> list(String account) {
    return jdbc.query(
        COLUMNS + "FROM reminder WHERE account = ? ORDER BY at, reminder",
        ReminderTable::reminder,
        account);
  }

  /// The reminders of these accounts that are due, the earliest first.
  CompletionStage<List<Reminder>> due(Collection<String> accounts, Instant now) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            COLUMNS
                + "FROM reminder WHERE account = ANY (?) AND at <= ? ORDER BY account, at, reminder",
            ReminderTable::reminder,
            connection.createArrayOf("text", accounts.toArray()),
            time(now)));
  }

  /// Accounts with reminders that became due within an interval, in the order of their names.
  ///
  /// @param from the account before the first one
  CompletionStage<List<String>> became(Instant after, Instant until, String from, int limit) {
    return jdbc.query(
        """
        SELECT DISTINCT account FROM reminder WHERE at > ? AND at <= ? AND account > ?
        ORDER BY account LIMIT ?
        """,
        row -> row.getString(1),
        time(after),
        time(until),
        from,
        limit);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Reminder reminder(ResultSet row) throws SQLException {
    var seq = row.getLong(6);
    return new Reminder(
        row.getString(1),
        row.getString(2),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString(4)),
        Optional.ofNullable(row.getString(5)).map(room -> new Reminder.Message(room, seq)));
  }
}
