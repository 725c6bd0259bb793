package kith.node.core.room;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import kith.protocol.Lengths;
import kith.protocol.Names;

/// The rules for the texts of rooms.
public final class RoomNames {
  private RoomNames() {}

  public static boolean isGood(String name) {
    return !name.isEmpty()
        && Lengths.isWithin(name, Lengths.VERSION_1.roomName())
        && !isSpace(name.codePointAt(0))
        && !isSpace(name.codePointBefore(name.length()))
        && Names.isReadable(name);
  }

  /// True if the text may be the reason for a moderator's act.
  public static boolean isReason(String text) {
    return Lengths.isWithin(text, Lengths.VERSION_1.reason())
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /// Names with the same key are the same name.
  public static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
