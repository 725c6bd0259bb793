package kith.node.feature.files;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// The size of all files of an account, and the size that it may have.
final class FileQuotas {
  /// The quota of an account. Parameters: the account, and the quota of accounts without a row.
  static final String OF_ACCOUNT = "coalesce((SELECT bytes FROM file_quota WHERE account = ?), ?)";

  /// @param own the quota that an administrator gave this account
  record Usage(long used, Optional<Long> own) {}

  private final Jdbc jdbc;

  FileQuotas(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  CompletionStage<Usage> read(String account) {
    return jdbc.query(
            """
            SELECT coalesce((SELECT bytes FROM file_usage WHERE owner = ?), 0),
              (SELECT bytes FROM file_quota WHERE account = ?)
            """,
            row -> new Usage(row.getLong(1), Optional.ofNullable(row.getObject(2, Long.class))),
            FileTable.ofAccount(account),
            account)
        .thenApply(rows -> rows.getFirst());
  }

  /// Files that exceed the quota stay; the account cannot upload further ones.
  CompletionStage<Integer> change(String account, long bytes) {
    return jdbc.update(
        """
        INSERT INTO file_quota (account, bytes) VALUES (?, ?)
        ON CONFLICT (account) DO UPDATE SET bytes = excluded.bytes
        """,
        account,
        bytes);
  }

  /// The account has the quota of the server again.
  CompletionStage<Integer> remove(String account) {
    return jdbc.update("DELETE FROM file_quota WHERE account = ?", account);
  }
}
