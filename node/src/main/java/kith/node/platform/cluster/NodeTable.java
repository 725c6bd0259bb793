package kith.node.platform.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import org.jspecify.annotations.Nullable;

/// This node's row in the table of nodes, on a connection of its own.
///
/// Used by one thread. After a failure the next call connects again.
final class NodeTable implements AutoCloseable {
  // the lock of a node is (KEY, id); the lock for forming a cluster is (KEY, 0)
  private static final int KEY = 0x6b697468;

  private static final String IS_CONNECTED =
      """
      EXISTS (SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %d AND objid = n.id
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
      """
          .formatted(KEY);

  /// The constant values of a node's row.
  record Self(String address, long incarnation, String version, String remoting) {}

  /// The values that each beat updates.
  record Said(boolean isMember, String http, int sockets) {}

  enum Beat {
    RENEWED,
    /// Another live node has this one's address.
    ADDRESS_TAKEN,
    /// The cluster has removed this node.
    DECLARED_DEAD
  }

  private final JdbcUrl url;
  private final Self self;
  private OptionalInt id = OptionalInt.empty();
  private @Nullable Connection connection;
  private boolean isLocked;

  NodeTable(JdbcUrl url, Self self) {
    this.url = url;
    this.self = self;
  }

  /// Registers this node, or renews its row.
  Beat beat(Said said) throws SQLException {
    return on(connection -> {
      if (id.isEmpty() && !register(connection, said)) return Beat.ADDRESS_TAKEN;
      if (!renew(connection, said)) return Beat.DECLARED_DEAD;
      // a connection that broke unnoticed by the server may hold the lock for a while
      if (!isLocked) isLocked = ask(connection, "SELECT pg_try_advisory_lock(?, ?)", KEY, id());
      return Beat.RENEWED;
    });
  }

  private boolean register(Connection connection, Said said) throws SQLException {
    // deletes the row of an earlier incarnation of this node, unless it is still connected
    Jdbc.change(
        connection,
        "DELETE FROM cluster_node n WHERE address = ? AND NOT " + IS_CONNECTED,
        self.address());
    var ids =
        Jdbc.rows(
            connection,
            """
            INSERT INTO cluster_node
              (address, incarnation, http, version, remoting, member, sockets, seen)
            VALUES (?, ?, ?, ?, ?, FALSE, 0, clock_timestamp())
            ON CONFLICT (address) DO NOTHING RETURNING id
            """,
            row -> row.getInt(1),
            self.address(),
            self.incarnation(),
            said.http(),
            self.version(),
            self.remoting());
    if (!ids.isEmpty()) id = OptionalInt.of(ids.getFirst());
    return id.isPresent();
  }

  private boolean renew(Connection connection, Said said) throws SQLException {
    return Jdbc.change(
            connection,
            """
            UPDATE cluster_node SET member = member OR ?, http = ?, sockets = ?, seen = clock_timestamp()
            WHERE id = ?
            """,
            said.isMember(),
            said.http(),
            said.sockets(),
            id())
        == 1;
  }

  List<Peer> peers() throws SQLException {
    return on(connection ->
        Jdbc.rows(
            connection,
            """
            SELECT id, address, incarnation, remoting, member, seen,
              extract(epoch FROM clock_timestamp() - seen) * 1000 AS age, %s AS connected
            FROM cluster_node n WHERE id <> ? ORDER BY id DESC
            """
                .formatted(IS_CONNECTED),
            row ->
                new Peer(
                    row.getInt("id"),
                    row.getString("address"),
                    row.getLong("incarnation"),
                    row.getString("remoting"),
                    row.getBoolean("member"),
                    row.getBoolean("connected"),
                    row.getObject("seen", OffsetDateTime.class).toInstant(),
                    Duration.ofMillis(row.getLong("age"))),
            id.orElse(0)));
  }

  /// Whether this node may form a cluster: every other member must be dead.
  ///
  /// If so, the table lists it as a member at once, before it has formed the cluster. So if several
  /// nodes claim at the same time, all but one find a member.
  boolean claim(Set<Integer> dead) throws SQLException {
    return alone(connection -> {
      var others =
          Jdbc.rows(
              connection,
              "SELECT id FROM cluster_node WHERE member AND id <> ?",
              row -> row.getInt(1),
              id());
      if (!dead.containsAll(others)) return false;
      for (int other : others)
        Jdbc.change(connection, "DELETE FROM cluster_node WHERE id = ?", other);
      var isClaimed =
          Jdbc.change(connection, "UPDATE cluster_node SET member = TRUE WHERE id = ?", id());
      return isClaimed == 1;
    });
  }

  /// Deletes the row of another node, unless that is connected after all. False if it is, or if
  /// this node is itself declared dead or not connected: if two nodes declare each other dead, one
  /// of them fails.
  boolean declareDead(int other) throws SQLException {
    return alone(connection ->
        isLocked
            && Jdbc.change(
                    connection,
                    "DELETE FROM cluster_node n WHERE id = ? AND EXISTS"
                        + " (SELECT FROM cluster_node WHERE id = ?) AND NOT "
                        + IS_CONNECTED,
                    other,
                    id())
                == 1);
  }

  /// Runs the work in a transaction while no other node decides who is dead.
  private <T> T alone(Jdbc.Work<T> work) throws SQLException {
    return on(connection -> {
      connection.setAutoCommit(false);
      try {
        var _ = Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(?, 0)", _ -> true, KEY);
        return work.on(connection);
      } finally {
        // commits, or rolls back a failed transaction
        connection.setAutoCommit(true);
      }
    });
  }

  /// Deletes the row of a node that was removed from the cluster.
  void forget(long incarnation) throws SQLException {
    on(connection ->
        Jdbc.change(connection, "DELETE FROM cluster_node WHERE incarnation = ?", incarnation));
  }

  private int id() {
    return id.orElseThrow();
  }

  private <T> T on(Jdbc.Work<T> work) throws SQLException {
    try {
      return work.on(connected());
    } catch (SQLException fault) {
      disconnect();
      throw fault;
    }
  }

  private Connection connected() throws SQLException {
    if (connection == null) {
      connection = url.connect(ClusterIntervals.BEAT_CONNECT);
      isLocked = false;
      try (var statement = connection.createStatement()) {
        statement.execute(JdbcUrl.FIRST_WORDS);
      }
    }
    return Objects.requireNonNull(connection);
  }

  private static boolean ask(Connection connection, String sql, Object... values)
      throws SQLException {
    return Jdbc.rows(connection, sql, row -> row.getBoolean(1), values).getFirst();
  }

  private void disconnect() {
    var old = connection;
    connection = null;
    try {
      if (old != null) old.close();
    } catch (SQLException _) {
      // the connection is broken already
    }
  }

  /// Deletes the row: this node has left.
  @Override
  public void close() {
    try {
      if (id.isPresent() && connection != null)
        Jdbc.change(connection, "DELETE FROM cluster_node WHERE id = ?", id());
    } catch (SQLException _) {
      // otherwise the other nodes notice that it does not answer
    } finally {
      disconnect();
    }
  }
}
