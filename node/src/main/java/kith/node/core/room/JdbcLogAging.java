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
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AgingMetrics;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.serialization.Serialization;

/// Finds and destroys old entries in the journal. The table `room_aging` has the time of each
/// room's next check, so that sleeping rooms are checked, too.
public final class JdbcLogAging implements LogAging {
  private final Jdbc jdbc;
  private final LogRows log;
  private final StoredSnapshots snapshots;
  private final RetentionSettings settings;
  private final List<Projection> projections;
  private final Optional<LogArchive> archive;
  private final AgingMetrics metrics;

  public JdbcLogAging(
      Jdbc jdbc,
      Serialization serialization,
      RetentionSettings settings,
      List<Projection> projections,
      Optional<LogArchive> archive,
      AgingMetrics metrics) {
    this.jdbc = jdbc;
    this.log = new LogRows(serialization);
    this.snapshots = new StoredSnapshots(serialization);
    this.settings = settings;
    this.projections = List.copyOf(projections);
    this.archive = archive;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Finding> look(Question question) {
    return jdbc.with(connection -> {
      // must be first: if this node dies now, the room is asked again
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
    if (hidden.isPresent() && hidden.get().before() > floor.getAsLong()) return hidden.get();
    return sealable(connection, asked).<Finding>map(it -> it).orElseGet(Rest::new);
  }

  /// The first entry that exists.
  private static OptionalLong floor(Connection connection, String room) throws SQLException {
    var sealed = Segments.first(connection, room);
    return sealed.isPresent() ? sealed : LogRows.journalFloor(connection, room);
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

  private boolean holdsMoreThanTruncations(Connection connection, String room, long from, long to)
      throws SQLException {
    return log.firstFrom(connection, room, from, JdbcLogAging::isMore)
        .filter(row -> row.seq() < to)
        .isPresent();
  }

  private static boolean isMore(RoomEvent event) {
    return !(event instanceof RoomEvent.Truncated);
  }

  /// The first entry that is young enough, found by halving: times ascend, but for the differences
  /// between the clocks of nodes.
  private long byAge(Connection connection, Question asked, long floor) throws SQLException {
    return asked.limits().days().isEmpty()
        ? floor
        : firstSince(
            connection,
            asked,
            floor,
            asked.now().minus(Duration.ofDays(asked.limits().days().getAsLong())));
  }

  private long firstSince(Connection connection, Question asked, long floor, Instant oldest)
      throws SQLException {
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
    var inJournal = LogRows.firstWithin(connection, room, most.getAsLong());
    if (inJournal.isPresent()) return inJournal.getAsLong();
    var left = most.getAsLong() - LogRows.journalSize(connection, room, Long.MAX_VALUE);
    return Segments.firstWithin(connection, room, left).orElse(floor);
  }

  /// The number of the next message minus one; empty if no message follows.
  private Optional<Long> messagesBefore(Connection connection, String room, long seq)
      throws SQLException {
    return log.firstFrom(connection, room, seq, RoomEvent.Posted.class::isInstance)
        .map(row -> Math.max(0, ((RoomEvent.Posted) row.event()).number().orElse(0) - 1));
  }

  /// The entries that have been hidden without a break for the whole grace time.
  private Optional<Destroy> destroyable(Connection connection, String room, Instant now)
      throws SQLException {
    var before = Long.MAX_VALUE;
    var page = truncations(connection, room, Long.MAX_VALUE);
    while (!page.isEmpty()) {
      for (var row : page) {
        var truncated = (RoomEvent.Truncated) row.event();
        before = Math.min(before, truncated.first());
        if (!truncated.at().plus(settings.grace()).isAfter(now))
          return Optional.of(new Destroy(before, row.seq()));
      }
      page = truncations(connection, room, page.getLast().seq());
    }
    return Optional.empty();
  }

  /// The newest first.
  private List<LogRows.Row> truncations(Connection connection, String room, long before)
      throws SQLException {
    return log.latest(connection, room, Amendment.TRUNCATES, before, Portions.EVENTS);
  }

  /// The time at which the room has to be asked again if it commits nothing.
  private Optional<Instant> next(Connection connection, Question asked) throws SQLException {
    var floor = floor(connection, asked.room());
    if (floor.isEmpty()) return Optional.empty();
    var mayHideAt = RetentionRules.next(latestTruncation(connection, asked.room()), settings);
    var readable = Math.max(asked.first(), floor.getAsLong());
    var hides =
        Stream.of(tooOld(connection, asked, readable), tooLong(asked, readable))
            .flatMap(Optional::stream)
            .map(it -> later(it, later(mayHideAt, asked.now().plus(Intervals.AGING))));
    return Stream.of(
            hides,
            destroys(connection, asked.room(), floor.getAsLong()).stream(),
            seals(connection, asked).stream())
        .flatMap(it -> it)
        .min(Instant::compareTo);
  }

  private Optional<Instant> tooOld(Connection connection, Question asked, long readable)
      throws SQLException {
    if (asked.limits().days().isEmpty()) return Optional.empty();
    var oldest =
        log.firstFrom(connection, asked.room(), readable, JdbcLogAging::isMore)
            .map(row -> row.event().at())
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
    var page = truncations(connection, room, Long.MAX_VALUE);
    while (!page.isEmpty()) {
      for (var row : page) {
        var truncated = (RoomEvent.Truncated) row.event();
        if (truncated.first() <= floor) return due;
        due = Optional.of(truncated.at().plus(settings.grace()));
      }
      page = truncations(connection, room, page.getLast().seq());
    }
    return due;
  }

  @Override
  public CompletionStage<Step> destroy(String room, RoomState state, Destroy hidden) {
    return jdbc.inTransaction(connection -> {
      var floor = floor(connection, room);
      // the entry that hides these rows comes after them, so the last row stays
      var end = Math.min(hidden.before(), hidden.hiddenBy());
      if (floor.isEmpty() || floor.getAsLong() >= end) return new Step(0, true);
      // the room could not recover from an older one, which may also contain a text of these
      // entries
      snapshots.keepFrom(connection, room, hidden.hiddenBy(), state);
      var entries = deleteFirst(connection, room, floor.getAsLong(), end);
      for (var projection : projections)
        projection.forget(connection, room, floor.getAsLong() + entries);
      metrics.destroyed(entries);
      return new Step(entries, floor.getAsLong() + entries >= end);
    });
  }

  /// Deletes some of the entries from `from` to `end`, which is excluded, after they were archived.
  ///
  /// The rows are locked while they are archived, so their text is not erased in between.
  private int deleteFirst(Connection connection, String room, long from, long end)
      throws SQLException {
    var sealed = Segments.deleteFirst(connection, room, end);
    if (!sealed.isEmpty()) {
      archive(connection, room, sealed);
      return sealed.size();
    }
    if (archive.isPresent())
      archive(connection, room, log.oldest(connection, room, end - 1, Portions.DESTROYED));
    return deleteRows(connection, room, from, end);
  }

  private void archive(Connection connection, String room, List<SegmentCodec.Stored> stored)
      throws SQLException {
    if (archive.isEmpty() || stored.isEmpty()) return;
    var entries = stored.stream().map(it -> log.row(it).entry()).toList();
    var previous =
        Jdbc.rows(
                connection,
                "SELECT digest FROM log_archive WHERE room = ? ORDER BY first DESC LIMIT 1",
                row -> row.getString(1),
                room)
            .stream()
            .findFirst();
    // longer than other transactions: a remote store may need seconds
    Jdbc.change(
        connection,
        "SET LOCAL idle_in_transaction_session_timeout = " + FileIntervals.ARCHIVE.toMillis());
    var digest = archive.get().keep(room, previous.orElse(LogArchive.NONE), entries);
    Jdbc.change(
        connection,
        "INSERT INTO log_archive (room, first, last, digest) VALUES (?, ?, ?, ?)",
        room,
        entries.getFirst().seq(),
        entries.getLast().seq(),
        digest);
  }

  private static int deleteRows(Connection connection, String room, long from, long end)
      throws SQLException {
    return Jdbc.change(
        connection,
        "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number < ?",
        LogRows.key(room),
        Math.min(from + Portions.DESTROYED, end));
  }

  /// The entries that are old, or before the newest ones, and still in the journal.
  private Optional<Seal> sealable(Connection connection, Question asked) throws SQLException {
    var floor = LogRows.journalFloor(connection, asked.room());
    if (floor.isEmpty()) return Optional.empty();
    var before =
        Math.max(
            asked.lastSeq() - settings.sealing().entries() + 1,
            firstSince(
                connection, asked, floor.getAsLong(), asked.now().minus(settings.sealing().age())));
    var to = Math.min(before, asked.lastSeq()) - 1;
    return to - floor.getAsLong() + 1 >= Portions.LEAST_SEALED
        ? Optional.of(new Seal(to))
        : Optional.empty();
  }

  /// The time at which enough entries will be old enough. A room with few entries is asked later.
  private Optional<Instant> seals(Connection connection, Question asked) throws SQLException {
    var floor = LogRows.journalFloor(connection, asked.room());
    if (floor.isEmpty()) return Optional.empty();
    var last = floor.getAsLong() + Portions.LEAST_SEALED - 1;
    var from = last < asked.lastSeq() ? at(connection, asked.room(), last) : asked.now();
    return Optional.of(from.plus(settings.sealing().age()));
  }

  @Override
  public CompletionStage<Step> seal(String room, RoomState state, Seal old) {
    return jdbc.inTransaction(connection -> {
      var entries =
          log.oldest(connection, room, Math.min(old.to(), state.lastSeq() - 1), Portions.SEALED);
      if (entries.isEmpty()) return new Step(0, true);
      var fit = fitting(entries);
      var last = fit.getLast().seq();
      snapshots.keepFrom(connection, room, last, state);
      Segments.add(connection, room, fit, log.row(fit.getLast()).event().at());
      Jdbc.change(
          connection,
          "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number <= ?",
          LogRows.key(room),
          last);
      metrics.sealed(fit.size());
      return new Step(fit.size(), old.to() - last < Portions.LEAST_SEALED);
    });
  }

  /// As many of the oldest entries as one segment takes, but at least one.
  private static List<SegmentCodec.Stored> fitting(List<SegmentCodec.Stored> entries) {
    var size = 0L;
    for (var i = 0; i < entries.size(); i++) {
      size += entries.get(i).payload().length;
      if (i > 0 && size > Portions.SEGMENT_BYTES) return entries.subList(0, i);
    }
    return entries;
  }

  @Override
  public CompletionStage<Preview> preview(String room, Retention limits, Instant now) {
    return jdbc.with(connection -> {
      var floor = floor(connection, room).orElse(1);
      var readable = Math.max(log.first(connection, room), floor);
      var last = log.before(connection, room, Long.MAX_VALUE, 0, 1);
      var lastSeq = last.isEmpty() ? 0 : last.getFirst().seq();
      var asked = new Question(room, limits, readable, lastSeq, now, true);
      var first = Math.max(readable, newFirst(connection, asked, floor).orElse(readable));
      return preview(connection, asked, first);
    });
  }

  private Preview preview(Connection connection, Question asked, long first) throws SQLException {
    var oldest =
        log.bySeq(connection, asked.room(), Set.of(first)).stream()
            .map(row -> row.event().at())
            .findFirst();
    var size =
        Segments.size(connection, asked.room(), asked.first(), first - 1)
            + LogRows.journalSize(connection, asked.room(), first)
            - LogRows.journalSize(connection, asked.room(), asked.first());
    return new Preview(
        Math.max(0, first - asked.first()),
        countBefore(connection, asked, first) - countBefore(connection, asked, asked.first()),
        size,
        first,
        oldest);
  }

  private long countBefore(Connection connection, Question asked, long seq) throws SQLException {
    var before = messagesBefore(connection, asked.room(), seq);
    if (before.isPresent()) return before.get();
    return log.lastBefore(connection, asked.room(), seq, RoomEvent.Posted.class::isInstance)
        .map(row -> ((RoomEvent.Posted) row.event()).number().orElse(0))
        .orElse(0L);
  }
}
