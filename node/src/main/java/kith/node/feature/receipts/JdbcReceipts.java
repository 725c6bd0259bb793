package kith.node.feature.receipts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;

/// Receipts as they are kept: what accounts let others know of their positions, and whom.
public final class JdbcReceipts implements ReceiptLog {
  private final Jdbc jdbc;

  public JdbcReceipts(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public CompletionStage<List<Receipt>> of(String room) {
    return jdbc.query(
        """
        SELECT account, delivered, seen,
          coalesce(receipts_to, 'everyone') AS receipts_to,
          coalesce(hidden_from, '') AS hidden_from,
          coalesce(version, 0) AS version
        FROM read_position LEFT JOIN last_seen USING (account)
        WHERE room = ? AND delivered > 0
        """,
        row ->
            new Receipt(
                row.getString("account"),
                row.getLong("delivered"),
                row.getLong("seen"),
                terms(row)),
        room);
  }

  private static PrivacyPolicy terms(ResultSet row) throws SQLException {
    var hidden = row.getString("hidden_from");
    return new PrivacyPolicy(
        hidden.isEmpty() ? Set.of() : Set.of(hidden.split(",")),
        new PrivacySettings(
            ShownTo.EVERYONE,
            ShownTo.valueOf(row.getString("receipts_to").toUpperCase(Locale.ROOT)),
            true),
        row.getLong("version"));
  }
}
