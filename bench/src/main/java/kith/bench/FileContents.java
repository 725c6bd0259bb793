package kith.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// The contents of numbered files of one size. They differ in their last bytes, so that a node
/// stores each of them, and a digest costs nearly nothing.
final class FileContents {
  private static final int END = Long.BYTES;

  private final byte[] shared;
  private final MessageDigest ofShared;

  /// @param size at least 8
  FileContents(int size) {
    if (size < END) throw new IllegalArgumentException("A file has at least " + END + " bytes.");
    shared = new byte[size - END];
    new Random(size).nextBytes(shared);
    ofShared = sha256();
    ofShared.update(shared);
  }

  int size() {
    return shared.length + END;
  }

  /// In hexadecimal.
  String sha256(long number) {
    try {
      var digest = (MessageDigest) ofShared.clone();
      return HexFormat.of().formatHex(digest.digest(end(number)));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Copies the bytes from `offset` on; returns how many there were, at most as many as fit.
  int copy(long number, int offset, byte[] buffer) {
    var length = Math.min(buffer.length, size() - offset);
    var ofBeginning = Math.clamp(shared.length - (long) offset, 0, length);
    System.arraycopy(shared, Math.min(offset, shared.length), buffer, 0, ofBeginning);
    System.arraycopy(
        end(number),
        Math.max(0, offset - shared.length),
        buffer,
        ofBeginning,
        length - ofBeginning);
    return length;
  }

  /// Whether these bytes are those from `offset` on.
  boolean hasAt(long number, int offset, byte[] bytes, int length) {
    if (offset + length > size()) return false;
    var ofBeginning = Math.clamp(shared.length - (long) offset, 0, length);
    var ofEnd = Math.max(0, offset - shared.length);
    return Arrays.equals(
            shared,
            Math.min(offset, shared.length),
            Math.min(offset, shared.length) + ofBeginning,
            bytes,
            0,
            ofBeginning)
        && Arrays.equals(
            end(number), ofEnd, ofEnd + length - ofBeginning, bytes, ofBeginning, length);
  }

  private static byte[] end(long number) {
    return ByteBuffer.allocate(END).putLong(number).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
