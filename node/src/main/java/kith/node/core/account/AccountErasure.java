package kith.node.core.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.serialization.Serialization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes stored data of deleted accounts: password hashes, e-mail addresses, names and devices.
/// [MessageErasure] redacts their messages, if their users asked for it.
///
/// [AccountEvent.Erased] contains the rest of the account's state, so earlier events and snapshots
/// are no longer needed.
public final class AccountErasure {
  private static final Logger LOG = LoggerFactory.getLogger(AccountErasure.class);

  private static final String PREFIX = Account.KEY.name() + "|";

  private static final String DELETION =
      """
      SELECT persistence_id, sequence_number, substr(persistence_id, %d) AS account
      FROM event_journal WHERE event_ser_manifest = 'account.erased'
      """
          .formatted(PREFIX.length() + 1);

  /// Deletions that the user wanted to include the messages.
  private static final String WITH_MESSAGES =
      """
      SELECT deletion.persistence_id, deletion.account FROM (%s) AS deletion
      JOIN event_journal AS wish ON wish.persistence_id = deletion.persistence_id
        AND wish.sequence_number = deletion.sequence_number - 1
        AND wish.event_ser_manifest = 'account.messages-given-up'
      """;

  private static final String MEMBERSHIPS =
      """
      SELECT event_payload, event_ser_id, event_ser_manifest FROM event_journal
      WHERE persistence_id = ?
        AND event_ser_manifest IN ('account.join-began', 'account.membership-settled')
      """;

  private final Jdbc jdbc;
  private final Serialization serialization;
  private final List<String> tables;
  private final Runnable messages;

  /// @param tables other tables whose rows belong to the account in their column `account`
  /// @param messages runs a [MessageErasure]
  public AccountErasure(
      Jdbc jdbc, Serialization serialization, List<String> tables, Runnable messages) {
    this.jdbc = jdbc;
    this.serialization = serialization;
    this.tables = List.copyOf(tables);
    this.messages = messages;
  }

  /// Erases one deleted account. A failure is logged; [#eraseAll] repeats it.
  void erase(String user) {
    logged(erased(DELETION + "AND persistence_id = ?", PREFIX + user), "account=" + user);
  }

  /// Erases all deleted accounts, also those whose node died before it erased them, and rows that
  /// were written after that.
  public CompletionStage<Integer> eraseAll() {
    return logged(erased(DELETION), "accounts=all");
  }

  private CompletionStage<Integer> erased(String deletions, Object... values) {
    return jdbc.inTransaction(connection -> {
      keepRooms(connection, deletions, values);
      int rows =
          delete(connection, deletions, "event_journal", values)
              + delete(connection, deletions, "snapshot", values);
      for (var table : tables)
        rows +=
            Jdbc.change(
                connection,
                "DELETE FROM %s WHERE account IN (SELECT account FROM (%s) AS deletion)"
                    .formatted(table, deletions),
                values);
      return rows;
    });
  }

  /// Keeps the rooms of an account whose messages are to be redacted, before the events that name
  /// them are deleted.
  private void keepRooms(Connection connection, String deletions, Object... values)
      throws SQLException {
    record Deletion(String persistenceId, String account) {}
    for (var deletion :
        Jdbc.rows(
            connection,
            WITH_MESSAGES.formatted(deletions),
            row -> new Deletion(row.getString(1), row.getString(2)),
            values))
      for (var room :
          Set.copyOf(Jdbc.rows(connection, MEMBERSHIPS, this::room, deletion.persistenceId())))
        Jdbc.change(
            connection,
            "INSERT INTO message_erasure (account, room) VALUES (?, ?) ON CONFLICT DO NOTHING",
            deletion.account(),
            room);
  }

  private String room(ResultSet row) throws SQLException {
    return switch (serialization
        .deserialize(row.getBytes(1), row.getInt(2), row.getString(3))
        .get()) {
      case AccountEvent.JoinBegan(var room) -> room;
      case AccountEvent.MembershipSettled(var room, _, _) -> room;
      case Object other -> throw new IllegalStateException("not a membership: " + other);
    };
  }

  /// Deletes the rows that are older than the deletion.
  private static int delete(Connection connection, String deletions, String table, Object... values)
      throws SQLException {
    return Jdbc.change(
        connection,
        """
        DELETE FROM %1$s USING (%2$s) AS deletion
        WHERE %1$s.persistence_id = deletion.persistence_id
          AND %1$s.sequence_number < deletion.sequence_number
        """
            .formatted(table, deletions),
        values);
  }

  private CompletionStage<Integer> logged(CompletionStage<Integer> erased, String whose) {
    return erased.whenComplete((rows, fault) -> {
      messages.run();
      if (fault != null)
        LOG.warn("erasure=failed {} action=retry reason=\"{}\"", whose, fault.getMessage());
      else if (rows > 0) LOG.info("erasure=done {} rows={}", whose, rows);
    });
  }
}
