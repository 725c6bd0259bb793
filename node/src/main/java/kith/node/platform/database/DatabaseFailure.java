package kith.node.platform.database;

import java.sql.SQLException;

/// The database did not do what was asked. Its own words stay in the cause: they may hold a row.
public final class DatabaseFailure extends RuntimeException {
  private final String state;

  public DatabaseFailure(SQLException cause) {
    super("SQL state " + cause.getSQLState(), cause);
    this.state = String.valueOf(cause.getSQLState());
  }

  /// A row with this key is there already.
  public boolean isDuplicate() {
    return state.equals("23505");
  }
}
