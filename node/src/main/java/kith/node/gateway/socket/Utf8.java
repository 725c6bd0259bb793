package kith.node.gateway.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Checks that bytes are well-formed UTF-8 (RFC 3629), without making a string.
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  static boolean isValid(byte[] bytes, int from, int to) {
    var at = from;
    while (at < to) {
      if (to - at >= 8 && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
        continue;
      }
      var length = lengthAt(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /// The length of the character at `at`, or 0 if it is not valid.
  private static int lengthAt(byte[] bytes, int at, int to) {
    var first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    // 0xC0 and 0xC1 could only begin overlong forms; bytes above 0xF4 are beyond Unicode
    var length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || to - at < length || !mayFollow(first, bytes[at + 1] & 0xFF)) {
      return 0;
    }
    for (var i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean mayFollow(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0 && second < 0xC0; // overlong
      case 0xED -> second >= 0x80 && second < 0xA0; // surrogates
      case 0xF0 -> second >= 0x90 && second < 0xC0; // overlong
      case 0xF4 -> second >= 0x80 && second < 0x90; // beyond U+10FFFF
      default -> second >= 0x80 && second < 0xC0;
    };
  }
}
