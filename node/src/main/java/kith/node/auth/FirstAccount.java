package kith.node.auth;

import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// Decides once, in the database and for all nodes, which account is the first of the server.
public final class FirstAccount {
  private final Jdbc jdbc;

  public FirstAccount(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// On a server that already has accounts, no later one is the first.
  public CompletionStage<Integer> begin() {
    return jdbc.update(
        """
        UPDATE server_condition SET first_account = ''
        WHERE first_account IS NULL AND EXISTS (SELECT FROM account_directory)
        """);
  }

  /// True for one account only, also when it calls again. If several call at once, it is the one
  /// that locks the row first.
  public CompletionStage<Boolean> claim(String user) {
    return jdbc.update(
            """
            UPDATE server_condition SET first_account = ?
            WHERE first_account IS NULL OR first_account = ?
            """,
            user,
            user)
        .thenApply(rows -> rows == 1);
  }
}
