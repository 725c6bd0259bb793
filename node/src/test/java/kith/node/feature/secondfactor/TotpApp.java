package kith.node.feature.secondfactor;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/// The app on a user's phone.
public final class TotpApp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;

  /// @param secret as the user types it
  public TotpApp(String secret) {
    this.secret = bytes(secret);
  }

  private static byte[] bytes(String base32) {
    var bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (var letter : base32.toCharArray()) {
      buffer = (buffer << 5) | BASE32.indexOf(letter);
      bits += 5;
      if (bits < 8) continue;
      bits -= 8;
      bytes.write(buffer >> bits);
    }
    return bytes.toByteArray();
  }

  public String code() {
    return Totp.code(secret, Totp.stepAt(Instant.now()));
  }

  /// The code of the next half minute, which is accepted already.
  public String nextCode() {
    return Totp.code(secret, Totp.stepAt(Instant.now()) + 1);
  }
}
