package kith.node.auth;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Optional;
import javax.sql.DataSource;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.database.Jdbc;
import org.jspecify.annotations.Nullable;

/// The keys of tokens in the cluster's database. Any node that finds the newest one old makes its
/// successor, and deletes keys whose tokens have all expired.
final class TokenKeyTable {
  /// The advisory lock for every change of the table.
  private static final long LOCK = 0x6b697468_6b657973L;

  private final DataSource source;
  private final String cluster;
  private final Duration rotateAfter;
  private final Duration longest;
  private final Optional<TokenSecret> secret;
  private final Optional<TokenSecret> previous;

  TokenKeyTable(DataSource source, String cluster, AccountSettings settings) {
    this.source = source;
    this.cluster = cluster;
    this.rotateAfter = settings.tokenKeys().rotateAfter();
    this.longest = Tokens.longest(settings);
    this.secret = settings.tokenKeys().secret().map(TokenSecret::new);
    this.previous = settings.tokenKeys().previousSecret().map(TokenSecret::new);
  }

  /// Work on the table while no other node changes it.
  private interface Change<T> {
    T on(Connection connection, TokenKeys known, Instant now) throws SQLException;
  }

  /// The keys at a node's start: stores them as this node's settings demand.
  TokenKeys start() {
    return changing((connection, known, now) -> {
      if (encryptAgain(connection, known)) announce(connection, known, now);
      tidy(connection, now);
      return read(connection);
    });
  }

  TokenKeys load() {
    try (var connection = source.getConnection()) {
      var known = read(connection);
      var now = now(connection);
      if (!known.needsAnother(now, rotateAfter) && known.retired(now, longest).isEmpty())
        return known;
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
    return changing((connection, _, now) -> {
      tidy(connection, now);
      return read(connection);
    });
  }

  /// Makes a new key, unless one is already announced. With `discard`, all others end when it
  /// starts to sign.
  TokenKeys rotate(boolean discard) {
    return changing((connection, known, now) -> {
      if (discard) discard(connection, known, now);
      else if (known.announced(now).isEmpty()) announce(connection, known, now);
      return read(connection);
    });
  }

  private <T> T changing(Change<T> change) {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var _ = Jdbc.rows(connection, "SELECT pg_advisory_xact_lock(?)", _ -> true, LOCK);
        var result = change.on(connection, read(connection), now(connection));
        connection.commit();
        return result;
      } finally {
        // rolls back a failed transaction: it has no effect after the commit
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  private void tidy(Connection connection, Instant now) throws SQLException {
    var known = read(connection);
    if (known.needsAnother(now, rotateAfter)) announce(connection, known, now);
    for (var key : known.retired(now, longest))
      Jdbc.change(connection, "DELETE FROM token_key WHERE id = ?", key.id());
  }

  /// The first key signs at once, because no node has an earlier one.
  private void announce(Connection connection, TokenKeys known, Instant now) throws SQLException {
    var isFirst = known.all().stream().noneMatch(key -> key.isValid(now));
    insert(
        connection,
        TokenKey.create(now, isFirst ? now : now.plus(SignInIntervals.TOKEN_KEY_ADOPTION)));
  }

  private void discard(Connection connection, TokenKeys known, Instant now) throws SQLException {
    var end = now.plus(SignInIntervals.TOKEN_KEY_DISCARD);
    // an announced key may be in the same wrong hands
    Jdbc.change(connection, "DELETE FROM token_key WHERE signs_from > ?", now);
    Jdbc.change(
        connection, "UPDATE token_key SET ends = ? WHERE ends IS NULL OR ends > ?", end, end);
    // after an earlier discard, the last valid key ends sooner
    var next = known.all().stream().flatMap(key -> key.ends().stream()).filter(now::isBefore);
    insert(
        connection,
        TokenKey.create(now, next.filter(end::isAfter).min(Comparator.naturalOrder()).orElse(end)));
  }

  /// True if keys were stored in clear until now, and may be in a backup.
  private boolean encryptAgain(Connection connection, TokenKeys known) throws SQLException {
    var now = secret.map(TokenSecret::id);
    var wasClear = false;
    for (var key : known.all()) {
      var before = encryption(connection, key.id());
      if (before.equals(now)) continue;
      wasClear |= before.isEmpty();
      Jdbc.change(
          connection,
          "UPDATE token_key SET secret_id = ?, key = ? WHERE id = ?",
          now,
          stored(key),
          key.id());
    }
    return wasClear;
  }

  private static Optional<String> encryption(Connection connection, String id) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT secret_id FROM token_key WHERE id = ?",
            row -> Optional.ofNullable(row.getString(1)),
            id)
        .getFirst();
  }

  void insert(Connection connection, TokenKey key) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO token_key (id, created, signs_from, ends, secret_id, key)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        key.id(),
        key.created(),
        key.signsFrom(),
        key.ends(),
        secret.map(TokenSecret::id),
        stored(key));
  }

  private byte[] stored(TokenKey key) {
    return secret
        .map(it -> it.encrypt(key.id(), key.secret()))
        .orElseGet(() -> key.secret().bytes());
  }

  private TokenKeys read(Connection connection) throws SQLException {
    return new TokenKeys(
        cluster,
        Jdbc.rows(
            connection,
            "SELECT id, created, signs_from, ends, secret_id, key FROM token_key",
            row -> {
              var id = row.getString("id");
              return new TokenKey(
                  id,
                  row.getObject("created", OffsetDateTime.class).toInstant(),
                  row.getObject("signs_from", OffsetDateTime.class).toInstant(),
                  Optional.ofNullable(row.getObject("ends", OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant),
                  secret(id, row.getString("secret_id"), row.getBytes("key")));
            }));
  }

  private Secret32 secret(String id, @Nullable String secretId, byte[] stored) {
    try {
      if (secretId == null) return new Secret32(stored);
      for (var known : secret.stream().toList())
        if (known.id().equals(secretId)) return known.decrypt(id, stored);
      for (var known : previous.stream().toList())
        if (known.id().equals(secretId)) return known.decrypt(id, stored);
    } catch (GeneralSecurityException | IllegalArgumentException fault) {
      throw new StartFailure(
          "The row %s of the table token_key cannot be read.".formatted(id), fault);
    }
    throw new StartFailure(
        secret.isEmpty()
            ? "The keys of tokens are encrypted in the database, and this node has no secret to"
                + " decrypt them; set kith.accounts.token-keys.secret-file as on the other nodes."
            : "The keys of tokens are encrypted in the database with another secret than"
                + " kith.accounts.token-keys.secret; set that one as"
                + " kith.accounts.token-keys.previous-secret-file.");
  }

  private static Instant now(Connection connection) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT clock_timestamp()",
            row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .getFirst();
  }
}
