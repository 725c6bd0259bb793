package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AgingMetrics;
import kith.node.platform.serialization.TypeNames;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.serialization.Serialization;

/// Finds and destroys old entries in the journal. The table `room_aging` says when each room has to
/// be asked again, so that sleeping rooms are not forgotten.
public final class JdbcLogAging implements LogAging {
  private final Jdbc jdbc;
  private final LogRows log;
  private final StoredSnapshots snapshots;
  private final NodeSettings.Retention settings;
  private final List<Projection> projections;
  private final AgingMetrics metrics;
  private final String typeOfMessages;

  public JdbcLogAging(
      Jdbc jdbc,
      Serialization serialization,
      NodeSettings.Retention settings,
      List<Projection> projections,
      AgingMetrics metrics) {
    this.jdbc = jdbc;
    this.log = new LogRows(serialization);
    this.snapshots = new StoredSnapshots(serialization);
    this.settings = settings;
    this.projections = List.copyOf(projections);
    this.metrics = metrics;
    this.typeOfMessages = TypeNames.load().of(RoomEvent.Posted.class).orElseThrow();
  }

  @Override
  public CompletionStage<Finding> look(Question question) {
    return jdbc.with(connection -> {
      // first: if this node dies now, the room is asked again
      due(connection, question.room(), Optional.of(question.now().plus(Intervals.AGING_RETRY)));
      var found = find(connection, question);
      if (found instanceof Rest) due(connection, question.room(), next(connection, question));
      return found;
    });
  }

  private void due(Connection connection, String room, Optional<Instant> due) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO room_aging (room, settings, due) VALUES (?, ?, ?::timestamptz)
        ON CONFLICT (room) DO UPDATE SET settings = excluded.settings, due = excluded.due
        """,
        room,
        AgingWorker.label(settings),
        due);
  }

  private Finding find(Connection connection, Question asked) throws SQLException {
    var floor = floor(connection, asked.room());
    if (floor.isEmpty()) return new Rest();
    var latest = latestTruncation(connection, asked.room());
    var mayHide =
        asked.isUrgent()
            || !RetentionRules.next(latest, settings).isAfter(asked.now())
            || RetentionRules.isFarAbove(
                asked.limits().entries(),
                asked.lastSeq() - Math.max(asked.first(), floor.getAsLong()) + 1);
    var first = mayHide ? newFirst(connection, asked, floor.getAsLong()) : OptionalLong.empty();
    if (first.isPresent())
      return new Hide(
          first.getAsLong(), messagesBefore(connection, asked.room(), first.getAsLong()));
    var hidden = destroyable(connection, asked.room(), asked.now());
    return hidden.isPresent() && hidden.get().before() > floor.getAsLong()
        ? hidden.get()
        : new Rest();
  }

  /// The first entry that exists.
  private static OptionalLong floor(Connection connection, String room) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT sequence_number FROM event_journal WHERE persistence_id = ?"
                + " ORDER BY sequence_number LIMIT 1",
            row -> row.getLong(1),
            LogRows.key(room))
        .stream()
        .mapToLong(it -> it)
        .findFirst();
  }

  private Optional<Instant> latestTruncation(Connection connection, String room)
      throws SQLException {
    return log.latestMarked(connection, room, List.of(Amendment.TRUNCATES)).stream()
        .map(row -> row.event().at())
        .findFirst();
  }

  private OptionalLong newFirst(Connection connection, Question asked, long floor)
      throws SQLException {
    var limits = asked.limits();
    var readable = Math.max(asked.first(), floor);
    var found =
        new RetentionRules.Log(
            asked.first(),
            floor,
            asked.lastSeq(),
            byAge(connection, asked, floor),
            byBytes(connection, asked.room(), floor, limits.bytes()),
            byBytes(connection, asked.room(), floor, roomy(limits.bytes())));
    var first = RetentionRules.newFirst(limits, found);
    if (first.isEmpty() || first.getAsLong() <= readable) return first;
    // entries that only record removals do not cause another one
    return holdsMoreThanTruncations(connection, asked.room(), readable, first.getAsLong())
        ? first
        : OptionalLong.empty();
  }

  private static OptionalLong roomy(OptionalLong bytes) {
    return bytes.isPresent()
        ? OptionalLong.of(RetentionRules.roomyBytes(bytes.getAsLong()))
        : bytes;
  }

  private static boolean holdsMoreThanTruncations(
      Connection connection, String room, long from, long to) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT EXISTS (SELECT FROM event_journal WHERE persistence_id = ?"
                + " AND sequence_number >= ? AND sequence_number < ?"
                + " AND adapter_manifest IS DISTINCT FROM ?)",
            row -> row.getBoolean(1),
            LogRows.key(room),
            from,
            to,
            Amendment.TRUNCATES)
        .getFirst();
  }

  /// The first entry that is young enough, found by halving: times ascend, but for the differences
  /// between the clocks of nodes.
  private long byAge(Connection connection, Question asked, long floor) throws SQLException {
    if (asked.limits().days().isEmpty()) return floor;
    var oldest = asked.now().minus(Duration.ofDays(asked.limits().days().getAsLong()));
    var from = floor;
    var to = asked.lastSeq() + 1;
    while (from < to) {
      var middle = from + (to - from) / 2;
      if (at(connection, asked.room(), middle).isBefore(oldest)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private Instant at(Connection connection, String room, long seq) throws SQLException {
    return log.bySeq(connection, room, Set.of(seq)).getFirst().event().at();
  }

  /// The first of the newest entries that together have at most this size.
  private static long byBytes(Connection connection, String room, long floor, OptionalLong most)
      throws SQLException {
    if (most.isEmpty()) return floor;
    return Jdbc.rows(
            connection,
            """
            SELECT coalesce(max(sequence_number) + 1, ?) FROM (
              SELECT sequence_number,
                sum(octet_length(event_payload)) OVER (ORDER BY sequence_number DESC) AS size
              FROM event_journal WHERE persistence_id = ?) AS sizes
            WHERE size > ?
            """,
            row -> row.getLong(1),
            floor,
            LogRows.key(room),
            most.getAsLong())
        .getFirst();
  }

  /// The number of the next message, less one; empty if no message follows.
  private Optional<Long> messagesBefore(Connection connection, String room, long seq)
      throws SQLException {
    return log
        .rows(
            connection,
            "WHERE persistence_id = ? AND sequence_number >= ? AND event_ser_manifest = ?"
                + " ORDER BY sequence_number LIMIT 1",
            LogRows.key(room),
            seq,
            typeOfMessages)
        .stream()
        .map(row -> Math.max(0, ((RoomEvent.Posted) row.event()).number().orElse(0) - 1))
        .findFirst();
  }

  /// What has been hidden without a break for the whole grace time.
  private Optional<Destroy> destroyable(Connection connection, String room, Instant now)
      throws SQLException {
    var before = Long.MAX_VALUE;
    for (var row : truncations(connection, room, Long.MAX_VALUE)) {
      var truncated = (RoomEvent.Truncated) row.event();
      before = Math.min(before, truncated.first());
      if (!truncated.at().plus(settings.grace()).isAfter(now))
        return Optional.of(new Destroy(before, row.seq()));
    }
    return Optional.empty();
  }

  /// The newest first.
  private List<LogRows.Row> truncations(Connection connection, String room, long before)
      throws SQLException {
    return log.rows(
        connection,
        "WHERE persistence_id = ? AND adapter_manifest = ? AND adapter_manifest <> ''"
            + " AND sequence_number < ? ORDER BY sequence_number DESC",
        LogRows.key(room),
        Amendment.TRUNCATES,
        before);
  }

  /// When the room has to be asked again if it commits nothing.
  private Optional<Instant> next(Connection connection, Question asked) throws SQLException {
    var floor = floor(connection, asked.room());
    if (floor.isEmpty()) return Optional.empty();
    var mayHideAt = RetentionRules.next(latestTruncation(connection, asked.room()), settings);
    var readable = Math.max(asked.first(), floor.getAsLong());
    var hides =
        Stream.of(tooOld(connection, asked, readable), tooLong(asked, readable))
            .flatMap(Optional::stream)
            .map(it -> later(it, later(mayHideAt, asked.now().plus(Intervals.AGING))));
    return Stream.concat(hides, destroys(connection, asked.room(), floor.getAsLong()).stream())
        .min(Instant::compareTo);
  }

  private Optional<Instant> tooOld(Connection connection, Question asked, long readable)
      throws SQLException {
    if (asked.limits().days().isEmpty()) return Optional.empty();
    var oldest =
        log
            .rows(
                connection,
                "WHERE persistence_id = ? AND sequence_number >= ?"
                    + " AND adapter_manifest IS DISTINCT FROM ? ORDER BY sequence_number LIMIT 1",
                LogRows.key(asked.room()),
                readable,
                Amendment.TRUNCATES)
            .stream()
            .map(row -> row.event().at())
            .findFirst()
            .orElse(asked.now());
    return Optional.of(oldest.plus(Duration.ofDays(asked.limits().days().getAsLong())));
  }

  private static Optional<Instant> tooLong(Question asked, long readable) {
    var most = asked.limits().entries();
    return most.isPresent() && asked.lastSeq() - readable + 1 > most.getAsLong()
        ? Optional.of(asked.now())
        : Optional.empty();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private Optional<Instant> destroys(Connection connection, String room, long floor)
      throws SQLException {
    var due = Optional.<Instant>empty();
    for (var row : truncations(connection, room, Long.MAX_VALUE)) {
      var truncated = (RoomEvent.Truncated) row.event();
      if (truncated.first() <= floor) break;
      due = Optional.of(truncated.at().plus(settings.grace()));
    }
    return due;
  }

  @Override
  public CompletionStage<Destroyed> destroy(String room, RoomState state, Destroy hidden) {
    return jdbc.inTransaction(connection -> {
      var floor = floor(connection, room);
      if (floor.isEmpty() || floor.getAsLong() >= hidden.before()) return new Destroyed(0, true);
      // the entry that hid them follows them, so the last row stays
      var before =
          Math.min(
              floor.getAsLong() + Portions.DESTROYED, Math.min(hidden.before(), hidden.hiddenBy()));
      // from an older one, the room could not recover, and it may have a text of these entries
      snapshots.keepFrom(connection, room, hidden.hiddenBy(), state);
      for (var projection : projections) projection.forget(connection, room, before);
      var entries =
          Jdbc.change(
              connection,
              "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number < ?",
              LogRows.key(room),
              before);
      metrics.destroyed(entries);
      return new Destroyed(entries, before >= Math.min(hidden.before(), hidden.hiddenBy()));
    });
  }

  @Override
  public CompletionStage<Preview> preview(String room, Retention limits, Instant now) {
    return jdbc.with(connection -> {
      var ends =
          Jdbc.rows(
                  connection,
                  "SELECT coalesce(min(sequence_number), 1), coalesce(max(sequence_number), 0)"
                      + " FROM event_journal WHERE persistence_id = ?",
                  row -> new long[] {row.getLong(1), row.getLong(2)},
                  LogRows.key(room))
              .getFirst();
      var readable = Math.max(log.first(connection, room), ends[0]);
      var asked = new Question(room, limits, readable, ends[1], now, true);
      var first = Math.max(readable, newFirst(connection, asked, ends[0]).orElse(readable));
      return preview(connection, asked, first);
    });
  }

  private Preview preview(Connection connection, Question asked, long first) throws SQLException {
    var oldest =
        log.bySeq(connection, asked.room(), Set.of(first)).stream()
            .map(row -> row.event().at())
            .findFirst();
    return Jdbc.rows(
            connection,
            """
            SELECT count(*), count(*) FILTER (WHERE event_ser_manifest = ?),
              coalesce(sum(octet_length(event_payload)), 0)
            FROM event_journal
            WHERE persistence_id = ? AND sequence_number >= ? AND sequence_number < ?
            """,
            row -> new Preview(row.getLong(1), row.getLong(2), row.getLong(3), first, oldest),
            typeOfMessages,
            LogRows.key(asked.room()),
            asked.first(),
            first)
        .getFirst();
  }
}
