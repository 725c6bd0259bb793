package kith.node.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;

/// A failed database operation. The driver's message stays in the cause: it may hold a row.
public final class DatabaseFailure extends RuntimeException {
  private final String state;

  public DatabaseFailure(SQLException cause) {
    super("SQL state " + cause.getSQLState(), cause);
    this.state = String.valueOf(cause.getSQLState());
  }

  /// True if the server was not reached; the statement does not matter.
  public boolean isUnreachable() {
    return state.startsWith("08") || getCause() instanceof SQLTransientConnectionException;
  }

  /// The same for the failure of a stage.
  public static boolean isUnreachable(Throwable fault) {
    return fault instanceof CompletionException
        && fault.getCause() instanceof DatabaseFailure failure
        && failure.isUnreachable();
  }

  /// True if a row with this key already exists.
  public boolean isDuplicate() {
    return state.equals("23505");
  }
}
