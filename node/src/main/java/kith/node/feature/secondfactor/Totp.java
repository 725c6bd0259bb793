package kith.node.feature.secondfactor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes from a shared secret and the time (RFC 6238), in the form that all apps support: SHA-1,
/// six digits, a new code every 30 seconds.
final class Totp {
  static final int SECRET_BYTES = 20;
  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final long STEP_SECONDS = 30;

  /// A code of a step before or after the current one is accepted, because clocks differ and users
  /// need time to type.
  private static final int TOLERATED_STEPS = 1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BASE32_BITS = 5;
  private static final int BASE32_MASK = 31;

  private Totp() {}

  /// The step of which this is the code, if it is a code of a step after `last` that is accepted
  /// now. A code is accepted once.
  static OptionalLong step(byte[] secret, String code, long last, Instant now) {
    var current = stepAt(now);
    return LongStream.rangeClosed(current - TOLERATED_STEPS, current + TOLERATED_STEPS)
        .filter(step -> step > last && isEqual(code(secret, step), code))
        .findFirst();
  }

  private static boolean isEqual(String expected, String typed) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
  }

  static long stepAt(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /// The code of a step (RFC 4226, section 5.3).
  static String code(byte[] secret, long step) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      var digest =
          ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array()));
      int offset = digest.get(digest.limit() - 1) & 0xf;
      int number = digest.getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has no " + ALGORITHM, impossible);
    }
  }

  /// The secret as people type it and apps read it (RFC 4648), without padding.
  static String base32(byte[] secret) {
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (var one : secret) {
      buffer = (buffer << Byte.SIZE) | (one & 0xff);
      bits += Byte.SIZE;
      while (bits >= BASE32_BITS) {
        bits -= BASE32_BITS;
        text.append(BASE32.charAt((buffer >> bits) & BASE32_MASK));
      }
    }
    if (bits > 0) text.append(BASE32.charAt((buffer << (BASE32_BITS - bits)) & BASE32_MASK));
    return text.toString();
  }

  /// The secret for an app, as apps read it from a QR code.
  ///
  /// @param server the server of the account
  /// @param secret in Base32
  static String uri(String user, String server, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            escaped("Kith " + server),
            escaped(user),
            secret,
            escaped("Kith " + server),
            DIGITS,
            STEP_SECONDS);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
