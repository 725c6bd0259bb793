package kith.node.feature.receipts;

import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import kith.node.privacy.JdbcPrivacy;

/// Receipts from the stored positions, with the privacy policies of their accounts.
public final class JdbcReceipts implements ReceiptLog {
  private final Jdbc jdbc;

  public JdbcReceipts(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<List<Receipt>> of(String room) {
    return jdbc.query(
        "SELECT read_position.account, delivered, seen, "
            + JdbcPrivacy.COLUMNS
            + """
            FROM read_position
            LEFT JOIN account_privacy ON account_privacy.account = read_position.account
            WHERE room = ? AND delivered > 0
            """,
        row ->
            new Receipt(
                row.getString("account"),
                row.getLong("delivered"),
                row.getLong("seen"),
                JdbcPrivacy.policy(row)),
        room);
  }
}
