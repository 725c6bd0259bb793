package kith.terminal.plain;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes other users' text safe for a terminal: it cannot move the cursor, change colours, reverse
/// the text direction or start a new line.
public final class Sanitizer {
  private static final char REPLACEMENT = '\uFFFD';

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Sanitizer() {}

  /// One line: line breaks are shown as `↵`.
  public static String line(String text) {
    return text(text).replace("\n", "↵");
  }

  /// Keeps line breaks, as `\n`.
  public static String text(String text) {
    var safe = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  /// Keeps line breaks and tabs.
  public static String code(String text) {
    return Stream.of(text.split("\t", -1)).map(Sanitizer::text).collect(Collectors.joining("\t"));
  }

  /// Escapes control and format characters in JSON text. JSON has them only inside strings, so its
  /// meaning does not change. The joiners of emoji and of scripts stay.
  public static String json(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isRawInJson(point)) safe.appendCodePoint(point);
          else
            for (var unit : Character.toChars(point)) safe.append("\\u%04x".formatted((int) unit));
        });
    return safe.toString();
  }

  private static boolean isRawInJson(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static void append(StringBuilder safe, int point) {
    switch (point) {
      case '\n', 0x2028, 0x2029 -> safe.append('\n');
      case '\t' -> safe.append("    ");
      case 0x7F -> safe.append("^?");
      default -> {
        if (point < 0x20) safe.append('^').append((char) (point + '@'));
        else if (isControl(point) || turnsText(point)) safe.append(REPLACEMENT);
        else safe.appendCodePoint(point);
      }
    }
  }

  private static boolean isControl(int point) {
    return Character.getType(point) == Character.CONTROL
        || Character.getType(point) == Character.SURROGATE;
  }

  private static boolean turnsText(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }
}
