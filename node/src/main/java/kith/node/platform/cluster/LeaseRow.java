package kith.node.platform.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;

/// The row of a lease in the database, as one contender uses it.
///
/// Each attempt is one statement, and only the database's clock decides whether a lease has
/// expired, so two contenders cannot both hold the lease. Each attempt also opens its own
/// connection: a lease is needed when something is wrong, and must not wait behind the rest of the
/// node.
final class LeaseRow {
  private final JdbcUrl url;
  private final String name;
  private final String owner;
  private final Duration expiry;
  private final Duration longest;

  /// @param expiry the time that the lease lasts without renewal
  /// @param longest the approximate maximum time of an attempt
  LeaseRow(JdbcUrl url, String name, String owner, Duration expiry, Duration longest) {
    this.url = url;
    this.name = name;
    this.owner = owner;
    this.expiry = expiry;
    this.longest = longest;
  }

  /// True if this contender holds the lease now.
  ///
  /// A side on which no node serves clients does not take the lease from a node that serves and
  /// still renews its row: the end of a new node costs nothing.
  ///
  /// @param side the contenders that this one can reach, from which it may take the lease
  boolean take(Collection<String> side) throws SQLException {
    return change(
        """
        WITH serving AS (
          SELECT address || '/' || incarnation = ANY (string_to_array(?, ' ')) AS here, seen
          FROM cluster_node WHERE member AND http <> '')
        INSERT INTO cluster_lease AS l (name, owner, expires)
        SELECT ?, ?, clock_timestamp() + ? * interval '1 millisecond'
        WHERE EXISTS (SELECT FROM serving WHERE here) OR NOT EXISTS (SELECT FROM serving
          WHERE NOT here AND seen > clock_timestamp() - ? * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires = excluded.expires
        WHERE l.owner = excluded.owner OR l.expires < clock_timestamp()
          OR l.owner = ANY (string_to_array(?, ' '))
        """,
        String.join(" ", side),
        name,
        owner,
        expiry.toMillis(),
        ClusterIntervals.LEASE_YIELD.toMillis(),
        String.join(" ", side));
  }

  /// True if this contender still held the lease and has extended it.
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
