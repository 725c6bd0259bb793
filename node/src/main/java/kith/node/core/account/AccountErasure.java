package kith.node.core.account;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes stored data of deleted accounts: password hashes, e-mail addresses, names and devices.
///
/// [AccountEvent.Erased] contains the rest of the account's state, so that earlier events and
/// snapshots are not needed any more.
public final class AccountErasure {
  private static final Logger LOG = LoggerFactory.getLogger(AccountErasure.class);

  private static final String PREFIX = Account.KEY.name() + "|";

  private static final String DELETION =
      """
      SELECT persistence_id, sequence_number, substr(persistence_id, %d) AS account
      FROM event_journal WHERE event_ser_manifest = 'account.erased'
      """
          .formatted(PREFIX.length() + 1);

  private final Jdbc jdbc;
  private final List<String> tables;

  /// @param tables other tables whose rows belong to the account in their column `account`
  public AccountErasure(Jdbc jdbc, List<String> tables) {
    this.jdbc = jdbc;
    this.tables = List.copyOf(tables);
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

  private static CompletionStage<Integer> logged(CompletionStage<Integer> erased, String whose) {
    return erased.whenComplete((rows, fault) -> {
      if (fault != null)
        LOG.warn("erasure=failed {} reason=\"{}\", is repeated later", whose, fault.getMessage());
      else if (rows > 0) LOG.info("erasure=done {} rows={}", whose, rows);
    });
  }
}
