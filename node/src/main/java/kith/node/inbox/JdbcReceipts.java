package kith.node.inbox;

import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.database.Jdbc;
import kith.node.room.Receipt;
import kith.node.room.ReceiptLog;

/// Receipts as they are kept: what accounts let others know of their positions.
public final class JdbcReceipts implements ReceiptLog {
  private final Jdbc jdbc;

  public JdbcReceipts(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<List<Receipt>> of(String room) {
    return jdbc.query(
        """
        SELECT account, delivered, seen, contacts_only, hidden_from FROM read_position
        WHERE room = ? AND delivered > 0
        """,
        row ->
            new Receipt(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                HiddenFrom.ofText(row.getString(5))),
        room);
  }
}
