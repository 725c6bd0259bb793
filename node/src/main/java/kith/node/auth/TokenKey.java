package kith.node.auth;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// A key that signs tokens. A token names the key by its `id`.
///
/// @param signsFrom when it replaces its predecessor; by the database's clock, like the other times
/// @param ends when its tokens stop being valid, if an operator discarded it
/// @param secret 32 bytes
record TokenKey(
    String id, Instant created, Instant signsFrom, Optional<Instant> ends, Secret32 secret) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 6;

  static TokenKey create(Instant now, Instant signsFrom) {
    var id = Base64.getUrlEncoder().withoutPadding().encodeToString(random(ID_BYTES));
    return new TokenKey(id, now, signsFrom, Optional.empty(), new Secret32(random(Secret32.BYTES)));
  }

  boolean isValid(Instant now) {
    return ends.filter(end -> !now.isBefore(end)).isEmpty();
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "token key " + id;
  }
}
