package kith.node.feature.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import kith.node.platform.config.Portions;

/// Divides a text into the units that searches compare: words, and the single characters of scripts
/// that put no spaces between words.
///
/// The result depends on no locale, neither of the node nor of the database: the index of a text is
/// the same everywhere. Case, compatibility forms (full width, ligatures) and the accents of some
/// scripts are removed.
final class TextUnits {
  /// Scripts without spaces between words; also Korean, whose words carry particles.
  private static final Set<UnicodeScript> UNSPACED =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /// Scripts whose readers expect to find a word without typing its marks. In other scripts a mark
  /// makes another letter or vowel.
  private static final Set<UnicodeScript> MARKS_ARE_OPTIONAL =
      Set.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.HEBREW, UnicodeScript.ARABIC);

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final int FIRST_MARK = 0x300;
  private static final int LONG_VOWEL = 0x30FC;

  /// The Cyrillic letter that many texts write without its two dots.
  private static final String IO = "\u0451";

  /// @param single true for a character of a script without spaces, and for a symbol
  /// @param start the index of its first char in the text
  /// @param end the index after its last char
  /// @param follows true if it directly follows the unit before it
  record Unit(String text, boolean single, int start, int end, boolean follows) {}

  private final String text;
  private final List<Unit> units = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart;
  private int lastEnd = -1;

  private TextUnits(String text) {
    this.text = text;
  }

  static List<Unit> of(String text) {
    var units = new TextUnits(text);
    units.divide();
    return units.units;
  }

  private void divide() {
    for (var start = 0; start < text.length(); ) {
      var end = clusterEnd(start);
      cluster(start, end);
      start = end;
    }
    endWord(text.length());
  }

  /// The index after a character and its combining marks.
  private int clusterEnd(int start) {
    var end = start + Character.charCount(text.codePointAt(start));
    while (end < text.length() && joins(text.codePointAt(end)))
      end += Character.charCount(text.codePointAt(end));
    return end;
  }

  private static boolean joins(int c) {
    if (c < FIRST_MARK) return false;
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      // the vowels and final consonants of a decomposed Korean syllable
      default -> c >= 0x1160 && c <= 0x11FF;
    };
  }

  private void cluster(int start, int end) {
    var first = text.codePointAt(start);
    // most characters of most texts
    if (first < 0x80 && end == start + 1) {
      if (Character.isLetterOrDigit(first)) addToWord((char) Character.toLowerCase(first), start);
      else endWord(start);
      return;
    }
    var normal = normalized(text.substring(start, end));
    if (normal.isEmpty()) endWord(start);
    else if (isSingle(normal.codePointAt(0))) {
      endWord(start);
      add(normal, true, start, end);
    } else {
      if (word.isEmpty()) wordStart = start;
      word.append(normal);
    }
  }

  private void addToWord(char c, int start) {
    if (word.isEmpty()) wordStart = start;
    word.append(c);
  }

  private void endWord(int end) {
    if (word.isEmpty()) return;
    add(shortened(word), false, wordStart, end);
    word.setLength(0);
  }

  private static String shortened(StringBuilder word) {
    return word.codePointCount(0, word.length()) <= Portions.SEARCHED_WORD
        ? word.toString()
        : word.substring(0, word.offsetByCodePoints(0, Portions.SEARCHED_WORD));
  }

  private void add(String unit, boolean single, int start, int end) {
    units.add(new Unit(unit, single, start, end, start == lastEnd));
    lastEnd = end;
  }

  /// Empty if it has no letter, digit or symbol.
  private static String normalized(String cluster) {
    var folded =
        Normalizer.normalize(cluster, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    if (folded.startsWith(IO)) folded = "\u0435" + folded.substring(1);
    var decomposed = Normalizer.normalize(folded, Normalizer.Form.NFKD);
    if (!decomposed.isEmpty()
        && MARKS_ARE_OPTIONAL.contains(UnicodeScript.of(decomposed.codePointAt(0))))
      decomposed = MARKS.matcher(decomposed).replaceAll("");
    var kept = new StringBuilder();
    Normalizer.normalize(decomposed, Normalizer.Form.NFC)
        .codePoints()
        .filter(TextUnits::counts)
        .forEach(kept::appendCodePoint);
    // a lone mark, or the variation selector of a character that does not count
    return kept.codePoints().allMatch(c -> joins(c)) ? "" : kept.toString();
  }

  private static boolean counts(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.OTHER_SYMBOL
        || (joins(c) && !isVariationSelector(c));
  }

  private static boolean isVariationSelector(int c) {
    return c >= 0xFE00 && c <= 0xFE0F;
  }

  private static boolean isSingle(int c) {
    return c == LONG_VOWEL
        || Character.getType(c) == Character.OTHER_SYMBOL
        || UNSPACED.contains(UnicodeScript.of(c));
  }
}
