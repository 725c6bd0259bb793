package kith.node.platform.journal;

import java.sql.SQLException;
import java.util.List;

/// A connection to the journal's table. Closing it gives it back.
interface JournalConnection extends AutoCloseable {
  /// Commits all rows or none, in one exchange with the server. If it fails with a `RowFault`, none
  /// is committed; after any other failure that is unknown.
  void insert(List<JournalRow> rows) throws SQLException;

  /// The connection must not be used again.
  void discard();

  @Override
  void close() throws SQLException;

  /// The source of connections.
  interface Source {
    JournalConnection open() throws SQLException;
  }
}
