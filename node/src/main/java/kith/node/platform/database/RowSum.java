package kith.node.platform.database;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Counts rows and sums up their hashes. A sum does not depend on the order of the rows, in which
/// two databases may differ.
final class RowSum {
  private final MessageDigest sha256 = sha256();
  private final long[] sum = new long[4];
  private long rows;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void add(byte[] row) {
    var hash = ByteBuffer.wrap(sha256.digest(row));
    for (int i = 0; i < sum.length; i++) sum[i] += hash.getLong();
    rows++;
  }

  Dump.Sum sum() {
    var bytes = ByteBuffer.allocate(sum.length * Long.BYTES);
    for (var part : sum) bytes.putLong(part);
    return new Dump.Sum(rows, HexFormat.of().formatHex(bytes.array()));
  }
}
