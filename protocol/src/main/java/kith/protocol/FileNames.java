package kith.protocol;

import java.nio.charset.StandardCharsets;

/// Rules for the names of files. A name is text for people, never a path.
public final class FileNames {
  /// In UTF-8: the longest name on most file systems.
  public static final int LONGEST = 255;

  private FileNames() {}

  /// True if everything in the name is visible, and no file system treats it as a path.
  public static boolean isValid(String name) {
    return bytes(name) <= LONGEST
        && !Names.isBlank(name)
        && !name.equals(".")
        && !name.equals("..")
        && name.codePoints().noneMatch(FileNames::isForbidden);
  }

  /// Invisible characters could hide the end of a name, or reverse it.
  private static boolean isForbidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> point == '/' || point == '\\' || Names.isFiller(point);
    };
  }

  /// A valid name made of any text, such as the name of a local file.
  public static String of(String text) {
    return of(text, "");
  }

  /// A valid name of two texts. If both are too long, the end of the first is left out.
  public static String of(String stem, String ending) {
    var end = permitted(ending, LONGEST);
    var name = permitted(stem, LONGEST - bytes(end)) + end;
    return isValid(name) ? name : "file" + (isValid(end) ? end : "");
  }

  private static String permitted(String text, int bytes) {
    var valid = new StringBuilder();
    var left = bytes;
    for (var point : text.codePoints().toArray()) {
      var kept = isForbidden(point) ? "_" : Character.toString(point);
      left -= bytes(kept);
      if (left < 0) break;
      valid.append(kept);
    }
    return valid.toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
