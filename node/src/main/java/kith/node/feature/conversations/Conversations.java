package kith.node.feature.conversations;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/// Rooms of two people. The id is derived from the two user names: both users find the same room,
/// also when both begin it at the same moment.
public final class Conversations {
  private Conversations() {}

  private static final String PREFIX = "dm-";

  /// Anyone who knows both names can compute the id. It reveals nothing: other users cannot tell
  /// whether the room exists.
  public static String id(String one, String other) {
    // no name contains a slash
    var both = String.join("/", sorted(one, other));
    return PREFIX + new BigInteger(1, sha256(both)).toString(36);
  }

  public static List<String> sorted(String one, String other) {
    return Stream.of(one, other).sorted().toList();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("SHA-256 is not available", fault);
    }
  }
}
