package kith.node.feature.slash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import kith.protocol.frame.ServerFrame.CallArgument;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// The calls of commands. A row exists until a few minutes after the time of the call, so that a
/// bot can repeat an answer.
final class CallTable {
  private static final String CALL =
      "SELECT number, id, room, account, command, caller, content, at, until FROM command_call ";
  private static final String CHANGED =
      " RETURNING number, id, room, account, command, caller, content, at, until";

  private final Jdbc jdbc;

  CallTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// The text and the arguments that the caller typed.
  record Content(String text, List<CallArgument> arguments) {
    Content {
      arguments = List.copyOf(arguments);
    }
  }

  record Call(
      String id,
      String room,
      String bot,
      String command,
      String by,
      Content content,
      Instant at,
      Instant until) {}

  /// @param number a later call of the same bot has a higher number
  record Numbered(long number, Call call) {}

  enum Answer {
    /// a message in the room
    ALL,
    /// for the caller
    ONLY,
    /// the time is over
    NONE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  sealed interface Result {}

  /// @param call the call; this answer is its first, or a repetition of it
  record Open(Call call) implements Result {}

  record Over() implements Result {}

  record Unknown() implements Result {}

  /// @param isPosted true if it is posted to an address, and no socket of the bot gets it
  /// @param mostOpen calls of the bot that are not answered, and whose time is not over
  /// @return its number; empty if there are too many
  CompletionStage<OptionalLong> add(Call call, boolean isPosted, int mostOpen) {
    return jdbc.inTransaction(connection -> {
      // calls of one bot take turns: the limit holds, and a later call has a higher number
      Jdbc.rows(
          connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 44))", _ -> 0, call.bot());
      return Jdbc.rows(
              connection,
              """
              INSERT INTO command_call
                (id, room, account, command, caller, content, at, until, posted)
              SELECT ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?
              WHERE (SELECT count(*) FROM command_call
                WHERE account = ? AND answer IS NULL AND until > ?::timestamptz) < ?
              RETURNING number
              """,
              row -> row.getLong(1),
              call.id(),
              call.room(),
              call.bot(),
              call.command(),
              call.by(),
              Json.restText(call.content()),
              call.at(),
              call.until(),
              isPosted,
              call.bot(),
              call.at(),
              mostOpen)
          .stream()
          .mapToLong(it -> it)
          .findFirst();
    });
  }

  /// The calls of a bot that its sockets get, that are not answered, and whose time is not over, in
  /// their order.
  CompletionStage<List<Call>> open(String bot, Instant now) {
    return jdbc.query(
        CALL
            + "WHERE account = ? AND answer IS NULL AND until > ?::timestamptz AND NOT posted"
            + " ORDER BY number",
        row -> numbered(row).call(),
        bot,
        now);
  }

  /// Begins an answer. The same kind of answer can be begun again after a crash, even after the
  /// time of the call.
  CompletionStage<Result> answer(String id, String room, String bot, Answer answer, Instant now) {
    return jdbc.inTransaction(connection -> {
      var changed =
          Jdbc.rows(
              connection,
              """
              UPDATE command_call SET answer = ?
              WHERE id = ? AND room = ? AND account = ?
                AND (answer = ? OR (answer IS NULL AND until > ?::timestamptz))
              """
                  + CHANGED,
              CallTable::numbered,
              answer.word(),
              id,
              room,
              bot,
              answer.word(),
              now);
      if (!changed.isEmpty()) return new Open(changed.getFirst().call());
      var known =
          Jdbc.rows(
              connection,
              CALL + "WHERE id = ? AND room = ? AND account = ?",
              CallTable::numbered,
              id,
              room,
              bot);
      return known.isEmpty() ? new Unknown() : new Over();
    });
  }

  /// Ends a call without an answer.
  ///
  /// @return false if it has an answer, or has ended
  CompletionStage<Boolean> end(String id) {
    return jdbc.update(
            "UPDATE command_call SET answer = ? WHERE id = ? AND answer IS NULL",
            Answer.NONE.word(),
            id)
        .thenApply(rows -> rows == 1);
  }

  /// Ends the calls that have expired. Each is returned once, on one node.
  CompletionStage<List<Call>> expire(Instant now) {
    return jdbc.inTransaction(connection ->
        Jdbc.rows(
            connection,
            "UPDATE command_call SET answer = ? WHERE answer IS NULL AND until <= ?::timestamptz"
                + CHANGED,
            row -> numbered(row).call(),
            Answer.NONE.word(),
            now));
  }

  CompletionStage<Integer> forget(Instant before) {
    return jdbc.update("DELETE FROM command_call WHERE until < ?::timestamptz", before);
  }

  private static Numbered numbered(ResultSet row) throws SQLException {
    return new Numbered(
        row.getLong(1),
        new Call(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            content(row.getString(7)),
            row.getObject(8, OffsetDateTime.class).toInstant(),
            row.getObject(9, OffsetDateTime.class).toInstant()));
  }

  private static Content content(String json) {
    try {
      return Json.rest(json, Content.class);
    } catch (Malformed impossible) {
      throw new IllegalStateException("The content of a call cannot be read", impossible);
    }
  }
}
