package kith.node.feature.push;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import kith.node.feature.push.PushRules.Quiet;
import kith.node.feature.reminders.DueReminders;
import kith.node.platform.database.Jdbc;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;

/// The rules of accounts, and the messages about which they may have to be notified.
final class PushTable {
  /// Targets of the kinds given by a parameter, without those that wait after a failure.
  private static final String ACTIVE =
      """
      device IS NOT NULL AND kind = ANY (?) AND state = 'active'
        AND (next_try IS NULL OR next_try < now())
      """;

  /// A message about which an account may have to be notified.
  record Event(long id, String account, String room, long seq, Instant at) {}

  /// The read position of an account in a room, whether the room is muted, and the time of the
  /// user's last activity.
  record Reading(long read, boolean muted, Optional<Instant> active) {}

  /// A notification that a receiver has accepted.
  record Shown(String room, long seq) {}

  private final Jdbc jdbc;

  PushTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  CompletionStage<PushRules> rules(String account) {
    return rules(List.of(account))
        .thenApply(found -> found.getOrDefault(account, PushRules.STANDARD));
  }

  CompletionStage<Map<String, PushRules>> rules(Collection<String> accounts) {
    return jdbc.with(connection -> {
      var names = connection.createArrayOf("text", accounts.toArray());
      Map<String, Map<String, NotificationLevel>> levels = new HashMap<>();
      Jdbc.rows(
          connection,
          "SELECT account, room, level FROM push_level WHERE account = ANY (?)",
          row ->
              levels
                  .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                  .put(row.getString(2), level(row.getString(3))),
          names);
      Map<String, PushRules> rules = new HashMap<>();
      Jdbc.rows(
          connection,
          """
          SELECT account, contents, keywords, quiet_from, quiet_to, zone, away_minutes
          FROM push_account
          WHERE account = ANY (?)
          """,
          row ->
              rules.put(
                  row.getString("account"),
                  rules(row, levels.getOrDefault(row.getString("account"), Map.of()))),
          names);
      levels.forEach((account, own) ->
          rules.putIfAbsent(
              account,
              new PushRules(
                  PushRules.STANDARD.contents(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty(),
                  own)));
      return rules;
    });
  }

  private static PushRules rules(ResultSet row, Map<String, NotificationLevel> levels)
      throws SQLException {
    var zone = Optional.ofNullable(row.getString("zone"));
    return new PushRules(
        NotificationContents.valueOf(row.getString("contents").toUpperCase(Locale.ROOT)),
        List.of((String[]) row.getArray("keywords").getArray()),
        zone.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Quiet(
                    LocalTime.parse(row.getString("quiet_from")),
                    LocalTime.parse(row.getString("quiet_to")),
                    ZoneId.of(zone.get()))),
        Optional.ofNullable(row.getObject("away_minutes", Integer.class)).map(Duration::ofMinutes),
        levels);
  }

  private static NotificationLevel level(String word) {
    return NotificationLevel.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// Stores everything but the levels of rooms.
  CompletionStage<Integer> choose(String account, PushRules rules) {
    return jdbc.with(connection ->
        Jdbc.change(
            connection,
            """
            INSERT INTO push_account
              (account, contents, keywords, quiet_from, quiet_to, zone, away_minutes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account) DO UPDATE SET contents = excluded.contents,
              keywords = excluded.keywords, quiet_from = excluded.quiet_from,
              quiet_to = excluded.quiet_to, zone = excluded.zone,
              away_minutes = excluded.away_minutes
            """,
            account,
            rules.contents().name().toLowerCase(Locale.ROOT),
            connection.createArrayOf("text", rules.keywords().toArray()),
            rules.quiet().map(it -> it.from().toString()),
            rules.quiet().map(it -> it.to().toString()),
            rules.quiet().map(it -> it.zone().getId()),
            rules.away().map(it -> (int) it.toMinutes())));
  }

  /// @param most rooms with another level than `mentions`
  /// @return false if there would be more
  CompletionStage<Boolean> chooseLevel(
      String account, String room, NotificationLevel level, int most) {
    if (level == NotificationLevel.MENTIONS)
      return jdbc.update("DELETE FROM push_level WHERE account = ? AND room = ?", account, room)
          .thenApply(_ -> true);
    return jdbc.update(
            """
            INSERT INTO push_level (account, room, level) SELECT ?, ?, ?
            WHERE (SELECT count(*) FROM push_level WHERE account = ? AND room <> ?) < ?
            ON CONFLICT (account, room) DO UPDATE SET level = excluded.level
            """,
            account,
            room,
            level.name().toLowerCase(Locale.ROOT),
            account,
            room,
            most)
        .thenApply(rows -> rows == 1);
  }

  /// Adds messages; existing rows stay unchanged.
  static int add(Connection connection, SortedMap<String, Candidate> batch) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO push_event (account, room, seq, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, room, seq) DO NOTHING
            """)) {
      for (var each : batch.values()) {
        insert.setString(1, each.account());
        insert.setString(2, each.room());
        insert.setLong(3, each.seq());
        insert.setObject(4, each.at().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      return insert.executeBatch().length;
    }
  }

  /// The first message of an account after a position.
  CompletionStage<Optional<Event>> next(String account, long after) {
    return next(account, after, 1).thenApply(found -> found.stream().findFirst());
  }

  /// The first messages of an account after a position.
  CompletionStage<List<Event>> next(String account, long after, int most) {
    return jdbc.query(
        """
        SELECT id, account, room, seq, at FROM push_event WHERE account = ? AND id > ?
        ORDER BY id LIMIT ?
        """,
        row ->
            new Event(
                row.getLong("id"),
                row.getString("account"),
                row.getString("room"),
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant()),
        account,
        after,
        most);
  }

  /// The latest message of any account: a new receiver begins after it.
  CompletionStage<Long> last() {
    return jdbc.query("SELECT coalesce(max(id), 0) FROM push_event", row -> row.getLong(1))
        .thenApply(List::getFirst);
  }

  CompletionStage<Reading> reading(String account, String room) {
    return jdbc.query(
            """
            SELECT coalesce(read, 0), coalesce(muted, false), at
            FROM (SELECT ?::text AS account) asked
            LEFT JOIN read_position position
              ON position.account = asked.account AND position.room = ?
            LEFT JOIN push_activity activity ON activity.account = asked.account
            """,
            row -> new Reading(row.getLong(1), row.getBoolean(2), time(row, 3)),
            account,
            room)
        .thenApply(List::getFirst);
  }

  /// The time of the user's last activity on any device.
  CompletionStage<Optional<Instant>> active(String account) {
    return jdbc.query(
            "SELECT at FROM push_activity WHERE account = ?", row -> time(row, 1), account)
        .thenApply(found -> found.stream().flatMap(Optional::stream).findFirst());
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /// Writes when users were active; times only move forward.
  static int active(Connection connection, SortedMap<String, Instant> batch) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO push_activity (account, at) VALUES (?, ?)
            ON CONFLICT (account) DO UPDATE SET at = greatest(push_activity.at, excluded.at)
            """)) {
      for (var each : batch.entrySet()) {
        insert.setString(1, each.getKey());
        insert.setObject(2, each.getValue().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      return insert.executeBatch().length;
    }
  }

  CompletionStage<Integer> shown(String target, Event event) {
    return jdbc.update(
        """
        INSERT INTO push_shown (target, account, room, seq, at) VALUES (?, ?, ?, ?, ?::timestamptz)
        ON CONFLICT DO NOTHING
        """,
        target,
        event.account(),
        event.room(),
        event.seq(),
        event.at());
  }

  /// A notification of a message that its account has read since.
  CompletionStage<Optional<Shown>> withdrawable(String target) {
    return jdbc.query(
            """
            SELECT room, seq FROM push_shown shown
            WHERE target = ? AND EXISTS (
              SELECT FROM read_position position
              WHERE position.account = shown.account AND position.room = shown.room
                AND position.read >= shown.seq)
            ORDER BY at LIMIT 1
            """,
            row -> new Shown(row.getString(1), row.getLong(2)),
            target)
        .thenApply(found -> found.stream().findFirst());
  }

  CompletionStage<Integer> withdrawn(String target, Shown shown) {
    return jdbc.update(
        "DELETE FROM push_shown WHERE target = ? AND room = ? AND seq = ?",
        target,
        shown.room(),
        shown.seq());
  }

  /// The receivers that still show entries that their users have read, and that can be notified
  /// now.
  CompletionStage<List<String>> withWithdrawable() {
    return jdbc.query(
        """
        SELECT DISTINCT shown.target FROM push_shown shown
        JOIN read_position position ON position.account = shown.account
          AND position.room = shown.room AND position.read >= shown.seq
        JOIN courier_target target ON target.id = shown.target
        WHERE target.state = 'active' AND (target.next_try IS NULL OR target.next_try < now())
        """,
        row -> row.getString(1));
  }

  /// The accounts that have an active receiver.
  CompletionStage<List<String>> accounts() {
    return jdbc.query(
        """
        SELECT DISTINCT account FROM courier_target
        WHERE device IS NOT NULL AND state = 'active'
        """,
        row -> row.getString(1));
  }

  /// The active receivers of accounts.
  CompletionStage<List<DueReminders.Receiver>> receiversOf(
      Collection<String> accounts, Collection<String> kinds) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            "SELECT id, account, created FROM courier_target WHERE account = ANY (?) AND " + ACTIVE,
            row ->
                new DueReminders.Receiver(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()),
            connection.createArrayOf("text", accounts.toArray()),
            connection.createArrayOf("text", kinds.toArray())));
  }

  /// Those of the receivers that are active.
  CompletionStage<List<String>> active(Collection<String> receivers, Collection<String> kinds) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            "SELECT id FROM courier_target WHERE id = ANY (?) AND " + ACTIVE,
            row -> row.getString(1),
            connection.createArrayOf("text", receivers.toArray()),
            connection.createArrayOf("text", kinds.toArray())));
  }

  /// A room in which an account has not read everything.
  record Unread(String account, String room, long read) {}

  /// Rooms with entries that were written after `since` and that these accounts have not read.
  CompletionStage<List<Unread>> unread(Collection<String> accounts, Instant since) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            """
            SELECT account, room, read FROM read_position position
            CROSS JOIN LATERAL (
              SELECT sequence_number, write_timestamp FROM event_journal
              WHERE persistence_id = 'room|' || room
              ORDER BY sequence_number DESC LIMIT 1) latest
            WHERE account = ANY (?) AND NOT muted AND sequence_number > read
              AND write_timestamp > ?
            """,
            row -> new Unread(row.getString(1), row.getString(2), row.getLong(3)),
            connection.createArrayOf("text", accounts.toArray()),
            since.toEpochMilli()));
  }

  CompletionStage<Integer> forget(Instant before) {
    return jdbc.update("DELETE FROM push_event WHERE at < ?::timestamptz", before);
  }

  /// Deletes the records of notifications shown before this time, which are no longer withdrawn.
  CompletionStage<Integer> forgetShown(Instant before) {
    return jdbc.update("DELETE FROM push_shown WHERE at < ?::timestamptz", before);
  }
}
