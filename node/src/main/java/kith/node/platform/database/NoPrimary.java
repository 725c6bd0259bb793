package kith.node.platform.database;

import java.sql.SQLTransientConnectionException;

/// None of the servers in a URL is the primary now; its message is a clause for operators.
final class NoPrimary extends SQLTransientConnectionException {
  NoPrimary(String reason) {
    // the state of a connection that cannot be established
    super("has no primary: " + reason, "08001");
  }
}
