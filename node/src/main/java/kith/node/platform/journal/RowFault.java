package kith.node.platform.journal;

import java.sql.SQLException;

/// Distinguishes errors that one of the rows causes from all others.
///
/// PostgreSQL reports such an error after it has undone the statement, on a connection that stays
/// usable: the other rows can be written without the faulty one. After any other error the
/// connection is not used again: it may be lost, lead to a server that has become a replica, or
/// have committed the rows.
final class RowFault {
  private RowFault() {}

  /// The first two characters of an SQL state are its class.
  static boolean isOne(SQLException fault) {
    var state = String.valueOf(fault.getSQLState());
    return switch (state.length() == 5 ? state.substring(0, 2) : "") {
      // data, constraints (the journal's primary key), views, limits of the server
      case "21", "22", "23", "44", "54" -> true;
      // another transaction holds the same key: a deadlock, or a wait that took too long
      case "40", "55" -> true;
      default -> false;
    };
  }
}
