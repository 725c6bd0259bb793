package kith.node.core.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Invitation tokens: a room's id and a secret. Only a hash of the token is stored.
public final class Invitations {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 18;

  private Invitations() {}

  public static String newToken(String room) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return token(room, secret);
  }

  /// The token with this secret, of which the first 144 bits are used.
  public static String token(String room, byte[] secret) {
    return room
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOf(secret, SECRET_BYTES));
  }

  /// The room that a token is for, if the token is well-formed.
  public static Optional<String> room(String token) {
    var dot = token.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(token.substring(0, dot)).filter(Rooms::isId);
  }

  /// The secret has 144 bits, so a fast hash is enough.
  public static String hash(String token) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
