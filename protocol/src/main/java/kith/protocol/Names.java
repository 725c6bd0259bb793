package kith.protocol;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Rules against names that cannot be seen, or that look like another name: for rooms, users and
/// devices, not for text.
public final class Names {
  /// The author of acts of the operator of a node's machine, who needs no account. No user name
  /// begins like this.
  public static final String OPERATOR = "@operator";

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int KEYCAP = 0x20E3;

  /// Scripts in which a joiner changes the form of letters.
  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.BENGALI,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.KANNADA,
          UnicodeScript.KHMER,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.MYANMAR,
          UnicodeScript.NKO,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.SYRIAC,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.TIBETAN);

  /// Scripts that are written together in East Asia, also with Latin letters.
  private static final Set<UnicodeScript> EAST_ASIAN =
      EnumSet.of(
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.LATIN);

  /// The other scripts in wide use whose letters do not look like Latin letters (UTS 39, level
  /// "moderately restrictive", without Armenian).
  private static final Set<UnicodeScript> UNLIKE_LATIN =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.BENGALI,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.ETHIOPIC,
          UnicodeScript.GEORGIAN,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.HEBREW,
          UnicodeScript.KANNADA,
          UnicodeScript.KHMER,
          UnicodeScript.LAO,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.THAANA,
          UnicodeScript.THAI,
          UnicodeScript.TIBETAN);

  private Names() {}

  /// True if the name has a visible character, has no control, format or invisible characters
  /// except joiners where they belong, and mixes no scripts within a word.
  public static boolean isReadable(String name) {
    var points = name.codePoints().toArray();
    var isVisible = false;
    for (var at = 0; at < points.length; at++) {
      var isJoiner = isJoiner(points[at]);
      if (isJoiner ? !isJoinerAllowed(points, at) : isInvisible(points[at])) return false;
      isVisible |= !isJoiner && !isSpace(points[at]) && !isMark(points[at]);
    }
    return isVisible && !hasMixedWord(points);
  }

  /// True if letters of the text could be taken for those of another script in it.
  public static boolean mixesScripts(String text) {
    return isMixed(scripts(text.codePoints().toArray()));
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> isFiller(point);
    };
  }

  /// True for letters, marks and symbols that fonts show as nothing.
  public static boolean isFiller(int point) {
    return switch (point) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> point >= 0x180B && point <= 0x180F;
    };
  }

  /// True if the text would be invisible: white space of any kind, and characters without a width.
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(c ->
            isSpace(c)
                || Character.getType(c) == Character.FORMAT
                || Character.isISOControl(c)
                || isFiller(c));
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      default -> false;
    };
  }

  private static boolean isJoiner(int point) {
    return point == ZERO_WIDTH_JOINER
        || point == ZERO_WIDTH_NON_JOINER
        || isVariationSelector(point);
  }

  private static boolean isVariationSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
  }

  /// A joiner elsewhere would make two names differ that look the same.
  private static boolean isJoinerAllowed(int[] points, int at) {
    if (at == 0) return false;
    var before = points[at - 1];
    var isLast = at == points.length - 1;
    if (isVariationSelector(points[at]))
      return isEmoji(before)
          || UnicodeScript.of(before) == UnicodeScript.HAN
          || (Character.isEmoji(before) && !isLast && points[at + 1] == KEYCAP);
    if (isLast || isSpace(points[at + 1])) return false;
    if (JOINING.contains(UnicodeScript.of(before))) return true;
    return points[at] == ZERO_WIDTH_JOINER
        && (isEmoji(before) || isVariationSelector(before))
        && isEmoji(points[at + 1]);
  }

  /// Digits are emoji only as keycaps.
  private static boolean isEmoji(int point) {
    return point > 0x7F && Character.isEmoji(point);
  }

  private static boolean hasMixedWord(int[] points) {
    var begin = 0;
    for (var at = 0; at <= points.length; at++) {
      if (at < points.length && isOfWord(points[at])) continue;
      if (isMixed(scripts(Arrays.copyOfRange(points, begin, at)))) return true;
      begin = Math.min(at + 1, points.length);
    }
    return false;
  }

  private static boolean isOfWord(int point) {
    return Character.isLetterOrDigit(point) || isMark(point) || isJoiner(point);
  }

  private static Set<UnicodeScript> scripts(int[] points) {
    var scripts = EnumSet.noneOf(UnicodeScript.class);
    for (var point : points) scripts.add(UnicodeScript.of(point));
    scripts.removeAll(
        EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN));
    return scripts;
  }

  private static boolean isMixed(Set<UnicodeScript> scripts) {
    if (scripts.size() < 2 || EAST_ASIAN.containsAll(scripts)) return false;
    return scripts.size() > 2
        || !scripts.contains(UnicodeScript.LATIN)
        || scripts.stream().noneMatch(UNLIKE_LATIN::contains);
  }
}
