package kith.node.core.room;

import java.text.Normalizer;
import java.util.Locale;
import kith.protocol.Names;

/// The rules for room names.
public final class RoomNames {
  private static final int LONGEST = 64;

  private RoomNames() {}

  public static boolean isGood(String name) {
    var length = name.codePointCount(0, name.length());
    return length >= 1
        && length <= LONGEST
        && !isSpace(name.codePointAt(0))
        && !isSpace(name.codePointBefore(name.length()))
        && Names.isReadable(name);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /// Names with the same key are the same name.
  public static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
