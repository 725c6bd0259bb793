package kith.node.platform.database;

import java.sql.Connection;
import java.sql.SQLException;

/// A barrier: commits made before it are replicated when it completes.
public final class Replication {
  /// Writes nothing to any table. A commit waits until the synchronous standby has the log up to
  /// it, and so everything that was committed before.
  private static final String BARRIER =
      """
      SELECT CASE WHEN current_setting('synchronous_standby_names') <> ''
        THEN pg_logical_emit_message(true, 'kith', '') END
      """;

  private Replication() {}

  /// Returns at once if the server has no synchronous standby.
  public static boolean await(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(BARRIER);
      ReplicatedCommit.check(statement);
      return true;
    }
  }
}
