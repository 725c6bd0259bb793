package kith.node.feature.moderation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;
import kith.protocol.rest.Moderating.Report;
import kith.protocol.rest.Moderating.ReportOutcome;
import kith.protocol.rest.Moderating.ReportPage;
import kith.protocol.rest.Moderating.ReportedMessage;

/// The reports of all rooms, with copies of the messages at that time. A handled report is deleted
/// with its copy after some time.
final class ReportTable {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final Jdbc jdbc;
  private final int perRoom;
  private final Duration retention;
  private final GroupedReads<String, List<Map.Entry<String, Integer>>> open;

  /// @param perRoom open reports that a room may have
  /// @param retention the time for which a handled report is kept
  ReportTable(Jdbc jdbc, int perRoom, Duration retention) {
    this.jdbc = jdbc;
    this.perRoom = perRoom;
    this.retention = retention;
    this.open =
        GroupedReads.rows(
            jdbc,
            """
            SELECT room, author, count(*) FROM message_report
            WHERE room = ANY(?) AND handled IS NULL GROUP BY room, author
            """,
            row -> Map.entry(row.getString(2), row.getInt(3)));
  }

  enum Added {
    NEW,
    /// the same account has reported the message before
    KNOWN,
    TOO_MANY
  }

  CompletionStage<Added> add(Report report) {
    return jdbc.inTransaction(connection -> {
      // reports of one room take turns, so that its limit holds
      Jdbc.rows(
          connection,
          "SELECT pg_advisory_xact_lock(hashtextextended(?, 42))",
          _ -> 0,
          report.room());
      var known =
          Jdbc.rows(
              connection,
              "SELECT 1 FROM message_report WHERE room = ? AND seq = ? AND account = ?",
              _ -> 1,
              report.room(),
              report.seq(),
              report.by());
      if (!known.isEmpty()) return Added.KNOWN;
      var added =
          Jdbc.change(
              connection,
              """
              INSERT INTO message_report (id, room, seq, author, account, reason, created, messages)
              SELECT ?, ?, ?, ?, ?, ?, ?::timestamptz, ?
              WHERE (SELECT count(*) FROM message_report WHERE room = ? AND handled IS NULL) < ?
              """,
              report.report(),
              report.room(),
              report.seq(),
              report.author(),
              report.by(),
              report.reason(),
              report.created(),
              json(report.messages()),
              report.room(),
              perRoom);
      return added == 1 ? Added.NEW : Added.TOO_MANY;
    });
  }

  /// @param room absent for all rooms
  /// @param reader sees no reports of its own messages
  CompletionStage<ReportPage> list(
      Optional<String> room, String reader, boolean isHandled, Optional<String> before, int limit) {
    return jdbc.query(
            """
            SELECT * FROM message_report
            WHERE (?::text IS NULL OR room = ?) AND author <> ? AND (handled IS NOT NULL) = ?
              AND (?::text IS NULL
                OR (created, id) < (SELECT created, id FROM message_report WHERE id = ?))
            ORDER BY created DESC, id DESC LIMIT ?
            """,
            ReportTable::report,
            room,
            room,
            reader,
            isHandled,
            before,
            before,
            limit + 1)
        .thenApply(found ->
            found.size() <= limit
                ? new ReportPage(found, Optional.empty())
                : new ReportPage(
                    found.subList(0, limit), Optional.of(found.get(limit - 1).report())));
  }

  /// The report, unless `reader` is the author of the message.
  ///
  /// @param room absent for all rooms
  CompletionStage<Optional<Report>> find(Optional<String> room, String id, String reader) {
    return jdbc.query(
            """
            SELECT * FROM message_report
            WHERE id = ? AND author <> ? AND (?::text IS NULL OR room = ?)
            """,
            ReportTable::report,
            id,
            reader,
            room,
            room)
        .thenApply(found -> found.stream().findFirst());
  }

  /// False if it has already been handled.
  CompletionStage<Boolean> handle(String id, ReportOutcome outcome) {
    return jdbc.update(
            """
            UPDATE message_report SET handled = ?::timestamptz, handled_by = ?, outcome = ?
            WHERE id = ? AND handled IS NULL
            """,
            outcome.at(),
            outcome.by(),
            outcome.what(),
            id)
        .thenApply(rows -> rows == 1);
  }

  /// The open reports of a room, by the author of the message.
  CompletionStage<Map<String, Integer>> open(String room) {
    return open.of(room)
        .thenApply(rows ->
            rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  CompletionStage<Integer> forgetHandled(Instant now) {
    return jdbc.update(
        "DELETE FROM message_report WHERE handled < ?::timestamptz", now.minus(retention));
  }

  private static Report report(ResultSet row) throws SQLException {
    var handled = row.getTimestamp("handled");
    return new Report(
        row.getString("id"),
        row.getString("room"),
        row.getLong("seq"),
        row.getString("author"),
        row.getString("account"),
        row.getString("reason"),
        row.getTimestamp("created").toInstant(),
        messages(row.getString("messages")),
        handled == null
            ? Optional.empty()
            : Optional.of(
                new ReportOutcome(
                    handled.toInstant(), row.getString("handled_by"), row.getString("outcome"))));
  }

  private static String json(List<ReportedMessage> messages) {
    try {
      return JSON.writeValueAsString(messages);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<ReportedMessage> messages(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException damaged) {
      throw new SQLException("The messages of a report cannot be read.", damaged);
    }
  }
}
