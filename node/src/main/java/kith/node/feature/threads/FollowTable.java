package kith.node.feature.threads;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;

/// The threads that accounts follow, with their read positions.
///
/// An account has a limited number of rows. Above the limit, a row made by a message replaces the
/// row that was touched longest ago, and a row that the user asks for is refused.
final class FollowTable {
  /// The state of one followed thread. Replies of blocked users do not count.
  private static final String STATE =
      """
      SELECT follow.account, follow.room, follow.root, coalesce(thread.replies, 0) AS replies,
        thread.last, follow.read, follow.unfollowed IS NULL AS followed,
        (SELECT count(*) FROM (
          SELECT 1 FROM thread_reply AS reply
          WHERE reply.room = follow.room AND reply.root = follow.root AND reply.seq > follow.read
            AND reply.author <> follow.account
            AND NOT EXISTS (SELECT 1 FROM account_block
              WHERE account_block.account = follow.account
                AND account_block.blocked = reply.author)
          LIMIT %d) AS counted) AS unread
      FROM thread_follow AS follow LEFT JOIN thread USING (room, root)
      """
          .formatted(Portions.COUNTED_REPLIES);

  private final Jdbc jdbc;
  private final int perAccount;

  FollowTable(Jdbc jdbc, int perAccount) {
    this.jdbc = jdbc;
    this.perAccount = perAccount;
  }

  /// @param last the latest reply, if there is one
  record State(
      String account,
      ThreadKey thread,
      long replies,
      OptionalLong last,
      long read,
      boolean isFollowed,
      int unread) {}

  /// @param read the read position that the follower has at least
  /// @param since the entry that made the account follow the thread
  /// @param wrote the account wrote in the thread
  record AutomaticFollow(String account, long root, long read, long since, boolean wrote) {}

  /// All threads that an account follows: those with unread replies first, then the latest.
  CompletionStage<List<State>> list(String account, int limit) {
    return jdbc.query(
        "SELECT * FROM ("
            + STATE
            + " WHERE follow.account = ? AND follow.unfollowed IS NULL) AS states"
            + " ORDER BY unread > 0 DESC, greatest(last, root) DESC, room LIMIT ?",
        FollowTable::state,
        account,
        limit);
  }

  /// The state of one thread, also if the account has unfollowed it.
  CompletionStage<Optional<State>> find(String account, ThreadKey thread) {
    return jdbc.query(
            STATE + " WHERE follow.account = ? AND follow.room = ? AND follow.root = ?",
            FollowTable::state,
            account,
            thread.room(),
            thread.root())
        .thenApply(found -> found.stream().findFirst());
  }

  /// The states of these threads for these of their followers.
  CompletionStage<List<State>> of(Collection<ThreadKey> threads, Collection<String> accounts) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            STATE
                + """
                WHERE (follow.room, follow.root) IN
                    (SELECT * FROM unnest(?::text[], ?::bigint[]))
                  AND follow.account = ANY (?)
                """,
            FollowTable::state,
            connection.createArrayOf("text", threads.stream().map(ThreadKey::room).toArray()),
            connection.createArrayOf("bigint", threads.stream().map(ThreadKey::root).toArray()),
            connection.createArrayOf("text", accounts.toArray())));
  }

  /// The followed threads of these accounts that have unread replies.
  CompletionStage<List<State>> unread(Collection<String> accounts) {
    return jdbc.with(connection ->
        Jdbc.rows(
            connection,
            "SELECT * FROM ("
                + STATE
                + " WHERE follow.account = ANY (?) AND follow.unfollowed IS NULL) AS states"
                + " WHERE unread > 0",
            FollowTable::state,
            connection.createArrayOf("text", accounts.toArray())));
  }

  private static State state(ResultSet row) throws SQLException {
    var last = row.getLong("last");
    return new State(
        row.getString("account"),
        new ThreadKey(row.getString("room"), row.getLong("root")),
        row.getLong("replies"),
        last == 0 ? OptionalLong.empty() : OptionalLong.of(last),
        row.getLong("read"),
        row.getBoolean("followed"),
        row.getInt("unread"));
  }

  /// The account follows the thread from now on: existing replies count as read.
  ///
  /// @param seq the room's latest entry
  /// @return false if the account follows too many
  CompletionStage<Boolean> follow(String account, ThreadKey thread, long seq) {
    return jdbc.inTransaction(connection -> {
      // requests of one account take turns, so that its limit holds
      Jdbc.rows(
          connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 53))", _ -> 0, account);
      var rows =
          Jdbc.change(
              connection,
              """
              INSERT INTO thread_follow AS old (account, room, root, read, since)
              SELECT ?, ?, ?, greatest(?, (SELECT last FROM thread WHERE room = ? AND root = ?)), ?
              WHERE (SELECT count(*) FROM thread_follow
                WHERE account = ? AND unfollowed IS NULL AND (room, root) <> (?, ?)) < ?
              ON CONFLICT (account, room, root) DO UPDATE
              SET unfollowed = NULL, touched = now(), since = greatest(old.since, excluded.since),
                read = CASE WHEN old.unfollowed IS NULL THEN old.read
                  ELSE greatest(old.read, excluded.read) END
              """,
              account,
              thread.room(),
              thread.root(),
              thread.root(),
              thread.room(),
              thread.root(),
              seq,
              account,
              thread.room(),
              thread.root(),
              perAccount);
      if (rows == 1) trim(connection, List.of(account), perAccount);
      return rows == 1;
    });
  }

  /// @return false if the account did not follow it
  CompletionStage<Boolean> unfollow(String account, ThreadKey thread) {
    return jdbc.update(
            """
            UPDATE thread_follow SET touched = now(), unfollowed = greatest(root,
              (SELECT last FROM thread WHERE room = thread_follow.room
                AND root = thread_follow.root))
            WHERE account = ? AND room = ? AND root = ? AND unfollowed IS NULL
            """,
            account,
            thread.room(),
            thread.root())
        .thenApply(rows -> rows == 1);
  }

  /// Moves a read position forward.
  ///
  /// @return false if it has not moved
  CompletionStage<Boolean> read(String account, ThreadKey thread, long seq) {
    return jdbc.update(
            """
            UPDATE thread_follow SET read = ?
            WHERE account = ? AND room = ? AND root = ? AND read < ?
            """,
            seq,
            account,
            thread.room(),
            thread.root(),
            seq)
        .thenApply(rows -> rows == 1);
  }

  static void follow(
      Connection connection, String room, List<AutomaticFollow> follows, int perAccount)
      throws SQLException {
    if (follows.isEmpty()) return;
    var accounts = follows.stream().map(AutomaticFollow::account).distinct().toList();
    insert(
        connection,
        room,
        latest(follows, it -> !it.wrote()),
        "ON CONFLICT (account, room, root) DO NOTHING");
    // writing counts as reading, and ends an earlier unfollow
    insert(
        connection,
        room,
        latest(follows, AutomaticFollow::wrote),
        """
        ON CONFLICT (account, room, root) DO UPDATE
        SET read = greatest(old.read, excluded.read), since = greatest(old.since, excluded.since),
          touched = now(),
          unfollowed = CASE WHEN old.unfollowed >= excluded.since THEN old.unfollowed END
        """);
    trim(connection, accounts, perAccount);
  }

  /// The first mention in a thread, or the latest message in it.
  private static Collection<AutomaticFollow> latest(
      List<AutomaticFollow> follows, Predicate<AutomaticFollow> is) {
    var byFollower = new TreeMap<String, AutomaticFollow>();
    for (var it : follows)
      if (is.test(it))
        byFollower.merge(
            it.account() + " " + it.root(), it, (first, later) -> it.wrote() ? later : first);
    return byFollower.values();
  }

  private static void insert(
      Connection connection, String room, Collection<AutomaticFollow> follows, String onConflict)
      throws SQLException {
    if (follows.isEmpty()) return;
    var accounts = new ArrayList<String>();
    var roots = new ArrayList<Long>();
    var reads = new ArrayList<Long>();
    var sinces = new ArrayList<Long>();
    for (var it : follows) {
      accounts.add(it.account());
      roots.add(it.root());
      reads.add(it.read());
      sinces.add(it.since());
    }
    Jdbc.change(
        connection,
        """
        INSERT INTO thread_follow AS old (account, room, root, read, since)
        SELECT account, ?, root, read, since
        FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS news (account, root, read, since)
        """
            + onConflict,
        room,
        connection.createArrayOf("text", accounts.toArray()),
        connection.createArrayOf("bigint", roots.toArray()),
        connection.createArrayOf("bigint", reads.toArray()),
        connection.createArrayOf("bigint", sinces.toArray()));
  }

  /// Removes rows above the limit: unfollowed ones first, then those touched longest ago.
  private static void trim(Connection connection, List<String> accounts, int perAccount)
      throws SQLException {
    Jdbc.change(
        connection,
        """
        DELETE FROM thread_follow AS follow USING (
          SELECT account, room, root, row_number() OVER (
            PARTITION BY account ORDER BY unfollowed IS NOT NULL, touched DESC, room, root DESC)
            AS place
          FROM thread_follow WHERE account = ANY (?)) AS placed
        WHERE placed.place > ? AND follow.account = placed.account
          AND follow.room = placed.room AND follow.root = placed.root
        """,
        connection.createArrayOf("text", accounts.toArray()),
        perAccount);
  }

  /// The user stopped being a member at an entry. Threads that it followed after that entry are
  /// kept, because a rebuild reads old entries again.
  static void leave(Connection connection, String room, String user, long seq) throws SQLException {
    Jdbc.change(
        connection,
        "DELETE FROM thread_follow WHERE account = ? AND room = ? AND since < ?",
        user,
        room,
        seq);
  }

  /// Removes threads of which no message is kept.
  static void forget(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(
        connection,
        """
        DELETE FROM thread_follow AS follow WHERE room = ? AND root < ? AND NOT EXISTS (
          SELECT 1 FROM thread WHERE thread.room = follow.room AND thread.root = follow.root)
        """,
        room,
        first);
  }

  static void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM thread_follow WHERE room = ?", room);
  }
}
