package kith.node.feature.courier;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.feature.courier.Target.State;
import kith.node.platform.database.Jdbc;

/// The targets and their positions. The position of a target is moved by compare-and-set, so of two
/// couriers of a target on two nodes only one moves it, and a replay is never overwritten.
public final class CourierTable {
  private static final String COLUMNS =
      """
      SELECT id, kind, account, t.room, url, kinds, secret_id, secret, created, state, reason,
        failures, since, next_try, delivered, seq, device
      FROM courier_target t JOIN courier_position p ON p.target = t.id AND p.room = t.room
      """;

  private final Jdbc jdbc;

  CourierTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// The reason why a target was not added.
  public enum Refusal {
    TOO_MANY_IN_ROOM,
    TOO_MANY
  }

  /// @param perRoom targets of one room that have not ended
  /// @param total targets of all rooms that have not ended
  public CompletionStage<Optional<Refusal>> add(Target target, int perRoom, int total) {
    return jdbc.inTransaction(connection -> {
      // adding is rare; two at once must not exceed the bounds
      var _ = Jdbc.change(connection, "LOCK TABLE courier_target IN SHARE ROW EXCLUSIVE MODE");
      if (count(connection, "room = ? AND kind = ?", target.room(), target.kind()) >= perRoom)
        return Optional.of(Refusal.TOO_MANY_IN_ROOM);
      if (count(connection, "device IS NULL") >= total) return Optional.of(Refusal.TOO_MANY);
      insert(connection, target);
      return Optional.empty();
    });
  }

  /// Adds a target for all rooms that an account owns. It receives later entries of these rooms.
  ///
  /// @param perAccount targets of this kind of an account that have not ended
  /// @param total targets of all rooms that have not ended
  public CompletionStage<Optional<Refusal>> addOfAccount(Target target, int perAccount, int total) {
    return jdbc.inTransaction(connection -> {
      var _ = Jdbc.change(connection, "LOCK TABLE courier_target IN SHARE ROW EXCLUSIVE MODE");
      if (count(connection, "account = ? AND kind = ?", target.account(), target.kind())
              >= perAccount
          || count(connection, "device IS NULL") >= total) return Optional.of(Refusal.TOO_MANY);
      insert(connection, target);
      adopt(connection);
      return Optional.empty();
    });
  }

  /// A room of a target for all rooms of its account, and the last entry that it has received.
  public record Place(String room, long seq) {}

  /// Adds the rooms that accounts with such targets own by now, as far as the directory knows their
  /// owners: rooms created after the target from their first entry, others from now on.
  CompletionStage<Integer> adopt() {
    return jdbc.with(CourierTable::adopt);
  }

  private static int adopt(Connection connection) throws SQLException {
    return Jdbc.change(
        connection,
        """
        INSERT INTO courier_position (target, room, seq)
        SELECT target.id, directory.room_id,
          CASE WHEN directory.created > target.created THEN 0 ELSE latest.sequence_number END
        FROM courier_target target
        JOIN room_directory directory ON target.account = ANY (directory.owners)
        CROSS JOIN LATERAL (
          SELECT sequence_number FROM event_journal
          WHERE persistence_id = 'room|' || directory.room_id
          ORDER BY sequence_number DESC LIMIT 1) latest
        WHERE target.room = '' AND target.device IS NULL AND target.state <> 'ended'
        ON CONFLICT DO NOTHING
        """);
  }

  /// The rooms of all targets for accounts, by target.
  CompletionStage<Map<String, List<String>>> roomsByTarget() {
    return jdbc.query(
            """
            SELECT position.target, position.room FROM courier_position position
            JOIN courier_target target ON target.id = position.target
            WHERE target.room = '' AND target.device IS NULL AND position.room <> ''
            """,
            row -> Map.entry(row.getString(1), row.getString(2)))
        .thenApply(rows ->
            rows.stream()
                .collect(
                    Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
  }

  /// The room of a target that has the oldest entry which the target has not received.
  public CompletionStage<Optional<Place>> nextPlace(String target) {
    return jdbc.query(
            """
            SELECT room, seq FROM courier_position position
            CROSS JOIN LATERAL (
              SELECT write_timestamp FROM event_journal
              WHERE persistence_id = 'room|' || position.room
                AND sequence_number > position.seq
              ORDER BY sequence_number LIMIT 1) next
            WHERE target = ? AND room <> '' ORDER BY next.write_timestamp LIMIT 1
            """,
            row -> new Place(row.getString(1), row.getLong(2)),
            target)
        .thenApply(found -> found.stream().findFirst());
  }

  /// Moves the position of a target in one of its rooms.
  ///
  /// @return false if it is another one, or the target does not exist
  public CompletionStage<Boolean> movePlace(String target, Place place, long to) {
    return jdbc.update(
            "UPDATE courier_position SET seq = ? WHERE target = ? AND room = ? AND seq = ?",
            to,
            target,
            place.room(),
            place.seq())
        .thenApply(rows -> rows == 1);
  }

  /// The account no longer owns the room.
  public CompletionStage<Integer> leavePlace(String target, Place place) {
    return jdbc.update(
        "DELETE FROM courier_position WHERE target = ? AND room = ?", target, place.room());
  }

  /// The targets of an account for all its rooms, the oldest first.
  public CompletionStage<List<Target>> ofAccount(String account, String kind) {
    return jdbc.query(
        COLUMNS + "WHERE account = ? AND kind = ? ORDER BY created, id",
        CourierTable::target,
        account,
        kind);
  }

  /// Adds the target of a device. A target with the same URL is replaced, even if it belongs to
  /// another account: the latest registration belongs to the present holder of the receiver.
  ///
  /// @param perAccount targets of an account's devices that have not ended
  /// @param total targets of all devices that have not ended
  public CompletionStage<Optional<Refusal>> addOfDevice(Target target, int perAccount, int total) {
    return jdbc.inTransaction(connection -> {
      var _ = Jdbc.change(connection, "LOCK TABLE courier_target IN SHARE ROW EXCLUSIVE MODE");
      return addOfDevice(connection, target, perAccount, total);
    });
  }

  private static Optional<Refusal> addOfDevice(
      Connection connection, Target target, int perAccount, int total) throws SQLException {
    var _ =
        Jdbc.change(
            connection,
            "DELETE FROM courier_target WHERE kind = ? AND url = ?",
            target.kind(),
            target.url().toString());
    if (count(connection, "account = ? AND device IS NOT NULL", target.account()) >= perAccount
        || count(connection, "device IS NOT NULL") >= total) {
      connection.rollback();
      return Optional.of(Refusal.TOO_MANY);
    }
    insert(connection, target);
    return Optional.empty();
  }

  /// Adds the target of an account that has at most one of this kind. It replaces the account's
  /// earlier one, and those of other accounts with the same URL.
  ///
  /// @param perAccount targets of an account and its devices that have not ended
  /// @param total targets of all accounts and devices that have not ended
  public CompletionStage<Optional<Refusal>> addOnly(Target target, int perAccount, int total) {
    return jdbc.inTransaction(connection -> {
      var _ = Jdbc.change(connection, "LOCK TABLE courier_target IN SHARE ROW EXCLUSIVE MODE");
      var _ =
          Jdbc.change(
              connection,
              "DELETE FROM courier_target WHERE kind = ? AND account = ?",
              target.kind(),
              target.account());
      return addOfDevice(connection, target, perAccount, total);
    });
  }

  /// The targets of an account's devices, the oldest first.
  public CompletionStage<List<Target>> ofAccount(String account) {
    return jdbc.query(
        COLUMNS + "WHERE account = ? AND device IS NOT NULL ORDER BY created, id",
        CourierTable::target,
        account);
  }

  private static long count(Connection connection, String condition, Object... values)
      throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT count(*) FROM courier_target WHERE state <> 'ended' AND " + condition,
            row -> row.getLong(1),
            values)
        .getFirst();
  }

  private static void insert(Connection connection, Target target) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO courier_target (id, kind, account, room, url, kinds, secret_id, secret, created, device)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        target.id(),
        target.kind(),
        target.account(),
        target.room(),
        target.url().toString(),
        String.join(",", target.kinds()),
        target.secret().secretId(),
        target.secret().bytes(),
        target.created(),
        target.device());
    Jdbc.change(
        connection,
        "INSERT INTO courier_position (target, room, seq) VALUES (?, ?, ?)",
        target.id(),
        target.room(),
        target.position());
  }

  public CompletionStage<Optional<Target>> find(String id) {
    return jdbc.query(COLUMNS + "WHERE id = ?", CourierTable::target, id)
        .thenApply(found -> found.stream().findFirst());
  }

  /// The targets of one kind, the oldest first.
  public CompletionStage<List<Target>> ofRoom(String room, String kind) {
    return jdbc.query(
        COLUMNS + "WHERE t.room = ? AND kind = ? ORDER BY created, id",
        CourierTable::target,
        room,
        kind);
  }

  /// True if this is still the target: active, and at the same position.
  public CompletionStage<Boolean> isCurrent(Target target) {
    return jdbc.query(
            """
            SELECT true FROM courier_target t JOIN courier_position p ON p.target = t.id
            WHERE id = ? AND state = 'active' AND p.room = ? AND seq = ?
            """,
            row -> row.getBoolean(1),
            target.id(),
            target.room(),
            target.position())
        .thenApply(found -> !found.isEmpty());
  }

  /// Moves the position.
  ///
  /// @return false if the target is at another position, or does not exist
  CompletionStage<Boolean> pass(Target target, long to) {
    return jdbc.update(
            "UPDATE courier_position SET seq = ? WHERE target = ? AND room = ? AND seq = ?",
            to,
            target.id(),
            target.room(),
            target.position())
        .thenApply(rows -> rows == 1);
  }

  /// Moves the position after a delivery, which ends a series of failures.
  ///
  /// @return false if the target is at another position, or does not exist
  CompletionStage<Boolean> deliver(Target target, long to, Instant now) {
    return jdbc.update(
            """
            WITH moved AS (
              UPDATE courier_position SET seq = ? WHERE target = ? AND room = ? AND seq = ?
              RETURNING target)
            UPDATE courier_target SET state = 'active', reason = NULL, failures = 0, since = NULL,
              next_try = NULL, delivered = ?
            FROM moved WHERE id = moved.target AND state <> 'ended'
            """,
            to,
            target.id(),
            target.room(),
            target.position(),
            now)
        .thenApply(rows -> rows == 1);
  }

  /// @return false if the target was changed meanwhile
  CompletionStage<Boolean> fail(Target target, Failure failure) {
    return jdbc.update(
            """
            UPDATE courier_target SET state = ?, reason = ?, failures = ?, since = ?::timestamptz,
              next_try = ?::timestamptz
            WHERE id = ? AND state = 'active' AND failures = ?
            """,
            failure.state().word(),
            failure.reason(),
            failure.failures(),
            failure.since(),
            failure.nextTry(),
            target.id(),
            target.failures())
        .thenApply(rows -> rows == 1);
  }

  /// Makes a target that failed active again, at once.
  ///
  /// @return false if there is none, or it has ended
  public CompletionStage<Boolean> restart(String id) {
    return jdbc.update(
            """
            UPDATE courier_target SET state = 'active', reason = NULL, failures = 0, since = NULL,
              next_try = NULL
            WHERE id = ? AND state <> 'ended'
            """,
            id)
        .thenApply(rows -> rows == 1);
  }

  /// Sends everything after `seq` again, from a target that failed too.
  ///
  /// @return false if there is none, or it has ended
  public CompletionStage<Boolean> replay(String id, long seq) {
    return jdbc.inTransaction(connection -> {
      var active =
          Jdbc.change(
              connection,
              """
              UPDATE courier_target SET state = 'active', reason = NULL, failures = 0, since = NULL,
                next_try = NULL
              WHERE id = ? AND state <> 'ended'
              """,
              id);
      return active == 1
          && Jdbc.change(
                  connection, "UPDATE courier_position SET seq = ? WHERE target = ?", seq, id)
              == 1;
    });
  }

  public CompletionStage<Boolean> remove(String id) {
    return jdbc.update("DELETE FROM courier_target WHERE id = ?", id).thenApply(rows -> rows == 1);
  }

  /// A target and how much of its room it has not received.
  ///
  /// @param lag entries after its position
  /// @param behindSeconds the age of the first of them; 0 if it is not known
  record Lagging(Target target, long lag, double behindSeconds) {}

  /// All targets, with the latest entries of their rooms: two lookups each in the index of the
  /// journal; or with the notifications of their account.
  CompletionStage<List<Lagging>> all() {
    return jdbc.query(
        """
        SELECT targets.*,
          greatest(0, coalesce(latest.sequence_number, seq) - seq) + coalesce(pending.events, 0)
            + coalesce(places.entries, 0) AS lag,
          coalesce(
            extract(epoch FROM now()) - next.write_timestamp / 1000.0,
            extract(epoch FROM now()) - places.oldest / 1000.0,
            extract(epoch FROM now() - pending.oldest),
            0) AS behind
        FROM (%s) targets
        LEFT JOIN LATERAL (
          SELECT count(*) AS events, min(at) AS oldest FROM push_event
          WHERE push_event.account = targets.account AND push_event.id > targets.seq
          ) pending ON targets.device IS NOT NULL
        LEFT JOIN LATERAL (
          SELECT sum(last.sequence_number - place.seq) AS entries, min(first.write_timestamp) AS oldest
          FROM courier_position place
          CROSS JOIN LATERAL (
            SELECT sequence_number FROM event_journal WHERE persistence_id = 'room|' || place.room
            ORDER BY sequence_number DESC LIMIT 1) last
          CROSS JOIN LATERAL (
            SELECT write_timestamp FROM event_journal
            WHERE persistence_id = 'room|' || place.room AND sequence_number > place.seq
            ORDER BY sequence_number LIMIT 1) first
          WHERE place.target = targets.id AND place.room <> ''
          ) places ON targets.room = '' AND targets.device IS NULL
        LEFT JOIN LATERAL (
          SELECT sequence_number FROM event_journal WHERE persistence_id = 'room|' || room
          ORDER BY sequence_number DESC LIMIT 1) latest ON true
        LEFT JOIN LATERAL (
          SELECT write_timestamp FROM event_journal
          WHERE persistence_id = 'room|' || room AND sequence_number > seq
          ORDER BY sequence_number LIMIT 1) next ON true
        ORDER BY created, id
        """
            .formatted(COLUMNS),
        row -> new Lagging(target(row), row.getLong("lag"), Math.max(0, row.getDouble("behind"))));
  }

  /// Ends the targets of a room, in the transaction of a projection.
  public int endOfRoom(Connection connection, String room, String kind, String reason, Instant now)
      throws SQLException {
    return Jdbc.change(
        connection,
        """
        UPDATE courier_target SET state = 'ended', reason = ?, since = ?::timestamptz,
          next_try = NULL
        WHERE room = ? AND kind = ? AND state <> 'ended'
        """,
        reason,
        now,
        room,
        kind);
  }

  /// Deletes the targets that ended before this time.
  CompletionStage<Integer> forgetEnded(Instant before) {
    return jdbc.update(
        "DELETE FROM courier_target WHERE state = 'ended' AND since < ?::timestamptz", before);
  }

  /// Stores the secret of a target, encrypted again.
  CompletionStage<Integer> rewrap(String id, Wrapped secret) {
    return jdbc.update(
        "UPDATE courier_target SET secret_id = ?, secret = ? WHERE id = ?",
        secret.secretId(),
        secret.bytes(),
        id);
  }

  private static Target target(ResultSet row) throws SQLException {
    return new Target(
        row.getString("id"),
        row.getString("kind"),
        row.getString("account"),
        row.getString("room"),
        URI.create(row.getString("url")),
        Stream.of(row.getString("kinds").split(",")).filter(it -> !it.isEmpty()).toList(),
        new Wrapped(Optional.ofNullable(row.getString("secret_id")), row.getBytes("secret")),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        State.of(row.getString("state")),
        Optional.ofNullable(row.getString("reason")),
        row.getInt("failures"),
        time(row, "since"),
        time(row, "next_try"),
        time(row, "delivered"),
        row.getLong("seq"),
        Optional.ofNullable(row.getString("device")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
