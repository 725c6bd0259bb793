package kith.node.privacy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import kith.node.platform.database.BatchWriter;
import kith.node.platform.database.Jdbc;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/// Privacy policies in the database, for nodes that show the last seen time and receipts of
/// accounts that are not running. The account's journal is authoritative; a policy is written here
/// about a second after a change, and again when the account starts.
public final class JdbcPrivacy {
  /// The columns of a policy, for queries that join `account_privacy`; null without a row.
  public static final String COLUMNS =
      """
      account_privacy.last_seen_to, account_privacy.receipts_to, account_privacy.typing,
      account_privacy.conversations_from, account_privacy.version,
      ARRAY(SELECT blocked FROM account_block
            WHERE account_block.account = account_privacy.account) AS blocked
      """;

  /// The table of blocked users.
  public static final String BLOCKS = "account_block";

  private JdbcPrivacy() {}

  /// @param spawn starts the writing actor
  /// @param most accounts whose policies wait to be written
  public static BatchWriter.Input<PrivacyPolicy> start(
      Function<
              Behavior<BatchWriter.Command<PrivacyPolicy>>,
              ActorRef<BatchWriter.Command<PrivacyPolicy>>>
          spawn,
      Jdbc jdbc,
      int most) {
    return BatchWriter.start(spawn, jdbc, most, PrivacyPolicy::merge, JdbcPrivacy::write);
  }

  /// Reads [#COLUMNS].
  public static PrivacyPolicy policy(ResultSet row) throws SQLException {
    if (row.getString("last_seen_to") == null) return PrivacyPolicy.OPEN;
    var blocked = (Object[]) row.getArray("blocked").getArray();
    return new PrivacyPolicy(
        Set.copyOf(Arrays.asList(Arrays.copyOf(blocked, blocked.length, String[].class))),
        new PrivacySettings(
            constant(ShownTo.class, row.getString("last_seen_to")),
            constant(ShownTo.class, row.getString("receipts_to")),
            row.getBoolean("typing"),
            Optional.ofNullable(row.getString("conversations_from"))
                .map(name -> constant(ConversationsFrom.class, name))),
        row.getLong("version"));
  }

  /// Keeps the row of a higher version. The row locks of the first statement make the other two
  /// safe against another node that writes the same accounts.
  static int write(Connection connection, SortedMap<String, PrivacyPolicy> batch)
      throws SQLException {
    var policies = batch.values();
    var written =
        Jdbc.rows(
            connection,
            """
            INSERT INTO account_privacy AS old
              (account, last_seen_to, receipts_to, typing, conversations_from, version)
            SELECT * FROM unnest(
              ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bigint[])
            ON CONFLICT (account) DO UPDATE
              SET last_seen_to = excluded.last_seen_to, receipts_to = excluded.receipts_to,
                typing = excluded.typing, conversations_from = excluded.conversations_from,
                version = excluded.version
              WHERE old.version <= excluded.version
            RETURNING account
            """,
            row -> row.getString("account"),
            array(connection, "text", batch.keySet(), it -> it),
            array(connection, "text", policies, it -> name(it.settings().lastSeen())),
            array(connection, "text", policies, it -> name(it.settings().receipts())),
            array(connection, "boolean", policies, it -> it.settings().typing()),
            array(
                connection,
                "text",
                policies,
                it -> it.settings().conversations().map(JdbcPrivacy::name).orElse(null)),
            array(connection, "bigint", policies, PrivacyPolicy::version));
    writeBlocks(connection, batch, Set.copyOf(written));
    return written.size();
  }

  private static void writeBlocks(
      Connection connection, SortedMap<String, PrivacyPolicy> batch, Set<String> accounts)
      throws SQLException {
    var blocks = new ArrayList<Block>();
    batch.forEach((account, policy) -> {
      if (accounts.contains(account))
        for (var blocked : policy.blocked()) blocks.add(new Block(account, blocked));
    });
    var blockers = array(connection, "text", blocks, Block::account);
    var blocked = array(connection, "text", blocks, Block::blocked);
    Jdbc.change(
        connection,
        """
        DELETE FROM account_block WHERE account = ANY (?)
          AND (account, blocked) NOT IN (SELECT * FROM unnest(?::text[], ?::text[]))
        """,
        array(connection, "text", accounts, it -> it),
        blockers,
        blocked);
    Jdbc.change(
        connection,
        """
        INSERT INTO account_block (account, blocked) SELECT * FROM unnest(?::text[], ?::text[])
        ON CONFLICT DO NOTHING
        """,
        blockers,
        blocked);
  }

  private record Block(String account, String blocked) {}

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static <T> java.sql.Array array(
      Connection connection, String type, Collection<T> values, Function<T, @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(value).toArray());
  }
}
