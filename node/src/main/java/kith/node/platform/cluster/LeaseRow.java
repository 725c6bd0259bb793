package kith.node.platform.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;

/// A lease's row in the database, as one contender sees it.
///
/// Each attempt is one statement, and only the database's clock says what has expired, so two
/// contenders cannot both have it. Each is also a connection of its own: a lease is needed when
/// something is wrong, and must not wait behind the rest of the node.
final class LeaseRow {
  private final JdbcUrl url;
  private final String name;
  private final String owner;
  private final Duration expiry;
  private final Duration longest;

  /// @param expiry how long it is held when it is not renewed
  /// @param longest about how long an attempt may take
  LeaseRow(JdbcUrl url, String name, String owner, Duration expiry, Duration longest) {
    this.url = url;
    this.name = name;
    this.owner = owner;
    this.expiry = expiry;
    this.longest = longest;
  }

  /// Whether this contender has it now.
  ///
  /// @param yielding the contenders it may take it from
  boolean take(Collection<String> yielding) throws SQLException {
    return change(
        """
        INSERT INTO cluster_lease AS l (name, owner, expires)
        VALUES (?, ?, clock_timestamp() + ? * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
        WHERE l.owner = excluded.owner OR l.expires < clock_timestamp()
          OR l.owner = ANY (string_to_array(?, ' '))
        """,
        name,
        owner,
        expiry.toMillis(),
        String.join(" ", yielding));
  }

  /// Whether this contender still had it, and has it for longer now.
  boolean renew() throws SQLException {
    return change(
        """
        UPDATE cluster_lease SET expires = clock_timestamp() + ? * interval '1 millisecond'
        WHERE name = ? AND owner = ?
        """,
        expiry.toMillis(),
        name,
        owner);
  }

  void release() throws SQLException {
    var _ = change("DELETE FROM cluster_lease WHERE name = ? AND owner = ?", name, owner);
  }

  private boolean change(String sql, Object... values) throws SQLException {
    try (var connection = url.connect(longest)) {
      return Jdbc.change(connection, sql, values) == 1;
    }
  }
}
