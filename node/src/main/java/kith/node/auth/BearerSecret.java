package kith.node.auth;

import java.security.SecureRandom;
import java.util.Base64;

/// Secrets that grant their permission to everyone who knows them.
public final class BearerSecret {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private BearerSecret() {}

  /// 256 random bits as text. They cannot be guessed, so a fast hash of them may be stored.
  public static String create() {
    var secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
