package kith.node.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.database.Jdbc;
import kith.protocol.json.Json;

/// The requests to create something that clients may repeat, because they gave them an id. A
/// repeated request gets the same target, on every node and after a crash.
///
/// Neither the client's id nor the request is stored: only hashes, which are keyed with the id.
public final class ClientRequests {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HMAC = "HmacSHA256";
  private static final int SALT_BYTES = 16;

  /// The answer to a request with an id.
  public sealed interface Claim {
    /// The request is new, or repeats an earlier one.
    ///
    /// @param target the id of the created object
    /// @param at the time of its first arrival
    /// @param isDone true if it has been answered before
    /// @param key of the row
    /// @param secret derived from the client's id, so that it can be sent again without being
    ///   stored
    record Granted(String target, Instant at, boolean isDone, byte[] key, byte[] secret)
        implements Claim {
      @Override
      public String toString() {
        return "request for " + target;
      }
    }

    /// The client has used the id for another request.
    record Reused() implements Claim {}
  }

  private final Jdbc jdbc;
  private final RoomSettings.Repeatable settings;

  public ClientRequests(Jdbc jdbc, RoomSettings.Repeatable settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /// @param id the id chosen by the client
  /// @param kind of the request, with the ids in its path
  /// @param target for a new request
  public CompletionStage<Claim> claim(
      String user, String id, String kind, Record body, String target, Instant now) {
    var key = sha256(user + "\0" + id);
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    var request = kind + "\n" + Json.restText(body);
    var at = now.truncatedTo(ChronoUnit.MILLIS);
    return jdbc.inTransaction(connection -> {
      forget(connection, at);
      var isNew =
          Jdbc.change(
                  connection,
                  """
                  INSERT INTO client_request (key, account, made, salt, digest, target, is_done)
                  VALUES (?, ?, ?, ?, ?, ?, false) ON CONFLICT DO NOTHING
                  """,
                  key,
                  user,
                  at,
                  salt,
                  hmac(salt, id, request),
                  target)
              == 1;
      if (isNew) forgetOldest(connection, user, key);
      return read(connection, key, id, request);
    });
  }

  /// The client can get its answer.
  public CompletionStage<Integer> done(Claim.Granted request) {
    return jdbc.update("UPDATE client_request SET is_done = true WHERE key = ?", request.key());
  }

  private static Claim read(Connection connection, byte[] key, String id, String request)
      throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT made, salt, digest, target, is_done FROM client_request WHERE key = ?",
            row -> {
              var salt = row.getBytes("salt");
              return MessageDigest.isEqual(row.getBytes("digest"), hmac(salt, id, request))
                  ? new Claim.Granted(
                      row.getString("target"),
                      row.getObject("made", OffsetDateTime.class).toInstant(),
                      row.getBoolean("is_done"),
                      key,
                      hmac(salt, id, "secret"))
                  : new Claim.Reused();
            },
            key)
        .getFirst();
  }

  /// Each new request deletes a few that are too old, of any account.
  private void forget(Connection connection, Instant now) throws SQLException {
    Jdbc.change(
        connection,
        """
        DELETE FROM client_request WHERE key IN (
          SELECT key FROM client_request WHERE made < ? LIMIT ? FOR UPDATE SKIP LOCKED)
        """,
        now.minus(settings.age()),
        Portions.FORGOTTEN_REQUESTS);
  }

  /// The new request stays, even if the clock of this node is behind.
  private void forgetOldest(Connection connection, String user, byte[] key) throws SQLException {
    Jdbc.change(
        connection,
        """
        DELETE FROM client_request WHERE account = ? AND key <> ? AND (made, key) <= (
          SELECT made, key FROM client_request WHERE account = ? AND key <> ?
          ORDER BY made DESC, key DESC OFFSET ? LIMIT 1)
        """,
        user,
        key,
        user,
        key,
        settings.perAccount() - 1);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] salt, String id, String text) {
    var name = id.getBytes(StandardCharsets.UTF_8);
    var key = Arrays.copyOf(salt, salt.length + name.length);
    System.arraycopy(name, 0, key, salt.length, name.length);
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
