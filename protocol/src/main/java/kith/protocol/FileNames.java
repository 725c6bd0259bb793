package kith.protocol;

import java.nio.charset.StandardCharsets;

/// Rules for the names of files. A name is text for people, never a path.
public final class FileNames {
  /// In UTF-8: the longest name on most file systems.
  public static final int LONGEST = 255;

  private FileNames() {}

  /// True if everything in the name is visible, and no file system treats it as a path.
  public static boolean isValid(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
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
    var valid = new StringBuilder();
    var bytes = 0;
    for (var point : text.codePoints().toArray()) {
      var kept = isForbidden(point) ? "_" : Character.toString(point);
      bytes += kept.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST) break;
      valid.append(kept);
    }
    var name = valid.toString();
    return isValid(name) ? name : "file";
  }
}
