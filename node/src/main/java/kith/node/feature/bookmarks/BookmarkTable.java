package kith.node.feature.bookmarks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// The bookmarks of all accounts. They name messages and do not contain their texts.
final class BookmarkTable {
  private final Jdbc jdbc;
  private final int perAccount;

  BookmarkTable(Jdbc jdbc, int perAccount) {
    this.jdbc = jdbc;
    this.perAccount = perAccount;
  }

  /// @param number the order in which they were made
  record Listed(long number, String room, long seq, Optional<String> note, Instant created) {}

  /// Makes a bookmark, or replaces the note of an existing one.
  ///
  /// @return false if the account has too many
  CompletionStage<Boolean> put(String account, String room, long seq, Optional<String> note) {
    return jdbc.inTransaction(connection -> {
      // requests of one account take turns, so that its limit holds
      Jdbc.rows(
          connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 36))", _ -> 0, account);
      var rows =
          Jdbc.change(
              connection,
              """
              INSERT INTO bookmark (account, room, seq, note)
              SELECT ?, ?, ?, ?
              WHERE (SELECT count(*) FROM bookmark WHERE account = ? AND (room, seq) <> (?, ?)) < ?
              ON CONFLICT (account, room, seq) DO UPDATE SET note = excluded.note
              """,
              account,
              room,
              seq,
              note,
              account,
              room,
              seq,
              perAccount);
      return rows == 1;
    });
  }

  CompletionStage<Integer> remove(String account, String room, long seq) {
    return jdbc.update(
        "DELETE FROM bookmark WHERE account = ? AND room = ? AND seq = ?", account, room, seq);
  }

  /// The bookmarks before a number, the newest first.
  CompletionStage<List<Listed>> list(String account, long before, int limit) {
    return jdbc.query(
        """
        SELECT number, room, seq, note, created FROM bookmark
        WHERE account = ? AND number < ? ORDER BY number DESC LIMIT ?
        """,
        BookmarkTable::listed,
        account,
        before,
        limit);
  }

  private static Listed listed(ResultSet row) throws SQLException {
    return new Listed(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        Optional.ofNullable(row.getString(4)),
        row.getObject(5, OffsetDateTime.class).toInstant());
  }
}
