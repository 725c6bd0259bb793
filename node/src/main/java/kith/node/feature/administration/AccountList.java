package kith.node.feature.administration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.core.account.Account;
import kith.node.platform.config.Portions;
import kith.node.platform.database.BatchWriter;
import kith.node.platform.database.Jdbc;
import kith.protocol.ServerRole;
import kith.protocol.rest.Administration.AccountPage;
import kith.protocol.rest.Administration.ListedAccount;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/// The list of all accounts, in a table. The journals of the accounts are authoritative: a row is
/// written about a second after a change, and again when the account starts.
public final class AccountList {
  /// Its rows are deleted with the account.
  static final String TABLE = "account_directory";

  private static final String PREFIX = Account.KEY.name() + "|";

  /// The accounts to list; empty means all.
  ///
  /// @param query a part of the user name, the display name or the e-mail address
  record Filter(Optional<String> query, Optional<ServerRole> role, Optional<Boolean> disabled) {}

  private final Jdbc jdbc;
  private final BatchWriter.Input<AccountRow> rows;

  private AccountList(Jdbc jdbc, BatchWriter.Input<AccountRow> rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /// @param spawn starts the writing actor
  /// @param most accounts whose rows wait to be written
  public static AccountList start(
      Function<Behavior<BatchWriter.Command<AccountRow>>, ActorRef<BatchWriter.Command<AccountRow>>>
          spawn,
      Jdbc jdbc,
      int most) {
    return new AccountList(
        jdbc, BatchWriter.start(spawn, jdbc, most, AccountRow::later, AccountList::write));
  }

  void keep(String account, AccountRow row) {
    rows.keep(account, row);
  }

  public CompletionStage<Void> flush() {
    return rows.flush();
  }

  /// Keeps the row of the later state.
  static int write(Connection connection, SortedMap<String, AccountRow> batch) throws SQLException {
    var listed = batch.entrySet().stream().filter(it -> it.getValue().exists()).toList();
    var gone = batch.entrySet().stream().filter(it -> !it.getValue().exists()).toList();
    Jdbc.change(
        connection,
        "DELETE FROM account_directory WHERE account = ANY (?)",
        array(connection, "text", gone, Map.Entry::getKey));
    return Jdbc.change(
        connection,
        """
        INSERT INTO account_directory AS old
          (account, display_name, email, role, disabled, created, last_used, devices, seq)
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[],
          ?::timestamptz[], ?::date[], ?::int[], ?::bigint[])
        ON CONFLICT (account) DO UPDATE
          SET display_name = excluded.display_name, email = excluded.email,
            role = excluded.role, disabled = excluded.disabled, created = excluded.created,
            last_used = excluded.last_used, devices = excluded.devices, seq = excluded.seq
          WHERE old.seq < excluded.seq
        """,
        array(connection, "text", listed, Map.Entry::getKey),
        array(connection, "text", listed, it -> it.getValue().displayName().orElse(null)),
        array(connection, "text", listed, it -> it.getValue().email().orElse(null)),
        array(connection, "text", listed, it -> word(it.getValue().role())),
        array(connection, "boolean", listed, it -> it.getValue().disabled()),
        array(connection, "text", listed, it -> it.getValue().created().toString()),
        array(
            connection,
            "text",
            listed,
            it -> it.getValue().lastUsed().map(Object::toString).orElse(null)),
        array(connection, "int", listed, it -> it.getValue().devices()),
        array(connection, "bigint", listed, it -> it.getValue().seq()));
  }

  private static <T> java.sql.Array array(
      Connection connection, String type, Collection<T> values, Function<T, @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(value).toArray());
  }

  static String word(ServerRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /// In order of user name.
  ///
  /// @param after the last user of the page before
  CompletionStage<AccountPage> list(Filter filter, Optional<String> after, int limit) {
    var conditions = new ArrayList<String>(List.of("account > ?"));
    var values = new ArrayList<Object>(List.of(after.orElse("")));
    filter
        .query()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .ifPresent(text -> {
          conditions.add(
              "(position(? IN account) > 0 OR position(? IN lower(display_name)) > 0"
                  + " OR position(? IN lower(email)) > 0)");
          values.addAll(List.of(text, text, text));
        });
    filter
        .role()
        .ifPresent(role -> {
          conditions.add("role = ?");
          values.add(word(role));
        });
    filter
        .disabled()
        .ifPresent(disabled -> {
          conditions.add("disabled = ?");
          values.add(disabled);
        });
    values.add(limit + 1);
    return jdbc.query(
            "SELECT * FROM account_directory WHERE "
                + String.join(" AND ", conditions)
                + " ORDER BY account LIMIT ?",
            AccountList::listed,
            values.toArray())
        .thenApply(found ->
            found.size() <= limit
                ? new AccountPage(found, Optional.empty())
                : new AccountPage(
                    found.subList(0, limit), Optional.of(found.get(limit - 1).user())));
  }

  private static ListedAccount listed(ResultSet row) throws SQLException {
    return new ListedAccount(
        row.getString("account"),
        Optional.ofNullable(row.getString("display_name")),
        Optional.ofNullable(row.getString("email")),
        ServerRole.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getBoolean("disabled"),
        row.getTimestamp("created").toInstant(),
        Optional.ofNullable(row.getString("last_used")),
        row.getInt("devices"));
  }

  /// The names in the journals of accounts, also of deleted ones, in the order of the database.
  /// Each costs one lookup in the primary key.
  CompletionStage<List<String>> journals(Optional<String> after) {
    return jdbc.query(
        """
        WITH RECURSIVE journal(id) AS (
          SELECT min(persistence_id) FROM event_journal WHERE persistence_id > ?
          UNION ALL
          SELECT (SELECT min(persistence_id) FROM event_journal WHERE persistence_id > journal.id)
          FROM journal WHERE starts_with(journal.id, ?))
        SELECT substr(id, %d) FROM journal WHERE starts_with(id, ?) LIMIT ?
        """
            .formatted(PREFIX.length() + 1),
        row -> row.getString(1),
        PREFIX + after.orElse(""),
        PREFIX,
        PREFIX,
        Portions.REBUILT_ACCOUNTS);
  }
}
