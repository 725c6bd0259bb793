package kith.node.auth;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Invitations;
import kith.node.platform.database.Jdbc;

/// The invitations with which people sign up while the server is not open to everybody.
public final class ServerInvitations {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The validity of a token for a user name.
  public enum Standing {
    /// there is no such invitation, or it has expired, or other names used it up
    UNKNOWN,
    OPEN,
    /// this name has used it, and may repeat its sign-up
    USED_BY_THIS_NAME
  }

  /// @param token shown once: only its hash is stored
  public record Invitation(String invitation, String token, Instant expires, int uses) {}

  private final Jdbc jdbc;

  public ServerInvitations(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// Creates an invitation and removes expired invitations.
  public CompletionStage<Invitation> create(int uses, Duration validity) {
    // typed in commands, where a word that begins with a hyphen would be an option
    var id = HexFormat.of().formatHex(random(5));
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(random(18));
    return jdbc.inTransaction(connection -> {
      Jdbc.change(connection, "DELETE FROM server_invitation WHERE expires < now()");
      var expires =
          Jdbc.rows(
                  connection,
                  """
                  INSERT INTO server_invitation (id, token_hash, expires, uses_left)
                  VALUES (?, ?, date_trunc('second', now()) + make_interval(secs => ?), ?)
                  RETURNING expires
                  """,
                  row -> row.getTimestamp(1).toInstant(),
                  id,
                  Invitations.hash(token),
                  (double) validity.toSeconds(),
                  uses)
              .getFirst();
      return new Invitation(id, token, expires, uses);
    });
  }

  /// An invitation that is valid.
  ///
  /// @param accounts the number of those that signed up with it
  public record Valid(String invitation, Instant expires, int usesLeft, int accounts) {}

  /// The valid invitations after this one, in order of id. Their tokens are not stored.
  public CompletionStage<List<Valid>> list(Optional<String> after, int limit) {
    return jdbc.query(
        """
        SELECT id, expires, uses_left,
          (SELECT count(*) FROM server_invitation_use WHERE invitation = server_invitation.id)
        FROM server_invitation
        WHERE expires > now() AND id > ? COLLATE "C" ORDER BY id COLLATE "C" LIMIT ?
        """,
        row ->
            new Valid(
                row.getString(1), row.getTimestamp(2).toInstant(), row.getInt(3), row.getInt(4)),
        after.orElse(""),
        limit);
  }

  /// False if there is no such invitation.
  public CompletionStage<Boolean> revoke(String invitation) {
    return jdbc.update("DELETE FROM server_invitation WHERE id = ?", invitation)
        .thenApply(rows -> rows == 1);
  }

  public CompletionStage<Standing> look(String token, String user) {
    return jdbc.query(
            """
            SELECT EXISTS (SELECT FROM server_invitation_use
              WHERE invitation = server_invitation.id AND account = ?), uses_left > 0
            FROM server_invitation WHERE token_hash = ? AND expires > now()
            """,
            row ->
                row.getBoolean(1)
                    ? Standing.USED_BY_THIS_NAME
                    : row.getBoolean(2) ? Standing.OPEN : Standing.UNKNOWN,
            user,
            Invitations.hash(token))
        .thenApply(rows -> rows.isEmpty() ? Standing.UNKNOWN : rows.getFirst());
  }

  /// Takes one use for this name; false if none is left.
  public CompletionStage<Boolean> take(String token, String user) {
    return jdbc.update(
            """
            WITH taken AS (
              UPDATE server_invitation SET uses_left = uses_left - 1
              WHERE token_hash = ? AND expires > now() AND uses_left > 0 RETURNING id)
            INSERT INTO server_invitation_use (invitation, account) SELECT id, ? FROM taken
            ON CONFLICT (invitation, account) DO UPDATE SET account = excluded.account
            """,
            Invitations.hash(token),
            user)
        .thenApply(rows -> rows == 1);
  }

  private static byte[] random(int bytes) {
    var secret = new byte[bytes];
    RANDOM.nextBytes(secret);
    return secret;
  }
}
