package kith.node.platform.tls;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.database.Jdbc;

/// The authorities of the cluster in its database. The first node makes one; so does the first node
/// that finds the last one near its end.
final class AuthorityTable {
  /// The advisory lock for creating an authority.
  private static final long LOCK = 0x6b697468_63657274L;

  private final DataSource source;

  AuthorityTable(DataSource source) {
    this.source = source;
  }

  ClusterAuthorities load() {
    try (var connection = source.getConnection()) {
      var now = now(connection);
      var known = read(connection);
      return known.needsAnother(now) ? extended(connection) : known;
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  private static ClusterAuthorities extended(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      var _ = Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(?)", _ -> true, LOCK);
      // another node may have made it while this one waited for the lock
      var now = now(connection);
      if (read(connection).needsAnother(now)) insert(connection, Authority.create(now));
      var all = read(connection);
      connection.commit();
      return all;
    } finally {
      // rolls back a failed transaction: it has no effect after the commit
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static ClusterAuthorities read(Connection connection) throws SQLException {
    return new ClusterAuthorities(
        Jdbc.rows(
            connection,
            "SELECT id, created, certificate, key FROM cluster_authority",
            row -> {
              var id = row.getString("id");
              try {
                return Authority.read(
                    id,
                    row.getObject("created", OffsetDateTime.class).toInstant(),
                    row.getBytes("certificate"),
                    row.getBytes("key"));
              } catch (GeneralSecurityException fault) {
                throw new StartFailure(
                    "The row %s of the table cluster_authority cannot be read.".formatted(id),
                    fault);
              }
            }));
  }

  static void insert(Connection connection, Authority one) throws SQLException {
    try {
      Jdbc.change(
          connection,
          "INSERT INTO cluster_authority (id, created, certificate, key) VALUES (?, ?, ?, ?)",
          one.id(),
          one.created(),
          one.certificate().getEncoded(),
          one.key().getEncoded());
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("Java cannot encode its own certificate", fault);
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    List<OffsetDateTime> now =
        Jdbc.rows(
            connection, "SELECT clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class));
    return now.getFirst().toInstant();
  }
}
