package kith.node.feature.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Invitations;
import kith.node.platform.database.Jdbc;

/// The incoming webhooks of all rooms. Only the hash of a token is stored.
final class HookTable {
  private static final String HOOK =
      "SELECT id, room, account, name, created, last_used FROM inbound_hook ";

  private final Jdbc jdbc;
  private final int perRoom;

  HookTable(Jdbc jdbc, int perRoom) {
    this.jdbc = jdbc;
    this.perRoom = perRoom;
  }

  /// @param account the owner of the room who made it, and is responsible for it
  record Hook(
      String id,
      String room,
      String account,
      String name,
      Instant created,
      Optional<Instant> lastUsed) {}

  /// Empty if the room already has too many.
  ///
  /// @param seq the position of the room: earlier events do not concern the hook
  CompletionStage<Optional<Hook>> create(
      String id, String room, String account, String name, String token, long seq) {
    return jdbc.inTransaction(connection -> {
      // requests for one room take turns, so that its limit holds
      Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 30))", _ -> 0, room);
      var created =
          Jdbc.change(
              connection,
              """
              INSERT INTO inbound_hook (id, room, account, name, token_hash, made_at_seq)
              SELECT ?, ?, ?, ?, ?, ?
              WHERE (SELECT count(*) FROM inbound_hook WHERE room = ?) < ?
              """,
              id,
              room,
              account,
              name,
              Invitations.hash(token),
              seq,
              room,
              perRoom);
      if (created == 0) return Optional.empty();
      return Jdbc.rows(connection, HOOK + "WHERE id = ?", HookTable::hook, id).stream().findFirst();
    });
  }

  CompletionStage<List<Hook>> ofRoom(String room) {
    return jdbc.query(HOOK + "WHERE room = ? ORDER BY created, id", HookTable::hook, room);
  }

  CompletionStage<Optional<Hook>> find(String token) {
    return jdbc.query(HOOK + "WHERE token_hash = ?", HookTable::hook, Invitations.hash(token))
        .thenApply(hooks -> hooks.stream().findFirst());
  }

  /// False if the room has no such hook.
  CompletionStage<Boolean> remove(String room, String id) {
    return jdbc.update("DELETE FROM inbound_hook WHERE room = ? AND id = ?", room, id)
        .thenApply(rows -> rows == 1);
  }

  /// The time is rounded to the minute, so that a busy hook writes rarely.
  CompletionStage<Integer> used(String id) {
    return jdbc.update(
        """
        UPDATE inbound_hook SET last_used = date_trunc('minute', now())
        WHERE id = ? AND (last_used IS NULL OR last_used < date_trunc('minute', now()))
        """,
        id);
  }

  private static Hook hook(ResultSet row) throws SQLException {
    return new Hook(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getObject(5, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(6, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
  }
}
