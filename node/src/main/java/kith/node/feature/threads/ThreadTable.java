package kith.node.feature.threads;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;
import kith.protocol.rest.Threads.ThreadCount;

/// The replies of threads, according to the logs of their rooms. The table contains no texts.
final class ThreadTable {
  private final Jdbc jdbc;

  ThreadTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// The threads of the messages between two places, both inclusive.
  CompletionStage<List<ThreadCount>> counts(String room, long from, long to) {
    return jdbc.query(
        """
        SELECT root, replies, last FROM thread
        WHERE room = ? AND root BETWEEN ? AND ? ORDER BY root
        """,
        row -> new ThreadCount(row.getLong(1), row.getLong(2), row.getLong(3)),
        room,
        from,
        to);
  }

  /// The newest replies of a thread before a place, in descending order.
  CompletionStage<List<Long>> replies(String room, long root, long before, int limit) {
    return jdbc.query(
        """
        SELECT seq FROM thread_reply WHERE room = ? AND root = ? AND seq < ?
        ORDER BY seq DESC LIMIT ?
        """,
        row -> row.getLong(1),
        room,
        root,
        before,
        limit);
  }

  static Set<Long> known(Connection connection, String room, Set<Long> roots) throws SQLException {
    return new HashSet<>(
        Jdbc.rows(
            connection,
            "SELECT root FROM thread WHERE room = ? AND root = ANY (?)",
            row -> row.getLong(1),
            room,
            connection.createArrayOf("bigint", roots.toArray())));
  }

  /// Adds replies that are not in the table.
  static void add(
      Connection connection, String room, List<Long> seqs, List<Long> roots, List<String> authors)
      throws SQLException {
    var ofSeqs = connection.createArrayOf("bigint", seqs.toArray());
    var ofRoots = connection.createArrayOf("bigint", roots.toArray());
    Jdbc.change(
        connection,
        """
        INSERT INTO thread_reply (room, seq, root, author)
        SELECT ?, * FROM unnest(?::bigint[], ?::bigint[], ?::text[])
        """,
        room,
        ofSeqs,
        ofRoots,
        connection.createArrayOf("text", authors.toArray()));
    Jdbc.change(
        connection,
        """
        INSERT INTO thread AS old (room, root, replies, last)
        SELECT ?, root, count(*), max(seq) FROM unnest(?::bigint[], ?::bigint[]) AS news (seq, root)
        GROUP BY root
        ON CONFLICT (room, root) DO UPDATE
        SET replies = old.replies + excluded.replies, last = greatest(old.last, excluded.last)
        """,
        room,
        ofSeqs,
        ofRoots);
  }

  static void forget(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(
        connection,
        """
        WITH gone AS (
          DELETE FROM thread_reply WHERE room = ? AND seq < ? RETURNING root)
        UPDATE thread SET replies = thread.replies - counted.replies
        FROM (SELECT root, count(*) AS replies FROM gone GROUP BY root) AS counted
        WHERE thread.room = ? AND thread.root = counted.root
        """,
        room,
        first,
        room);
    Jdbc.change(connection, "DELETE FROM thread WHERE room = ? AND last < ?", room, first);
  }
}
