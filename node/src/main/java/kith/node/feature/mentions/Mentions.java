package kith.node.feature.mentions;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import kith.protocol.Lengths;

/// Finds the names after an `@` in a text, and the name before a colon at its start: `bob: hi`.
/// Names in code, mail addresses and URLs do not count.
public final class Mentions {
  /// The name for everyone in the room; no user name has an `@`.
  public static final String EVERYONE = "@room";

  private static final String NEVER_CONTAINED = "/@:#,\"";
  private static final String NEVER_FIRST = ".-_";

  /// Characters that may precede the `@` of an address, but not of a mention.
  private static final String OF_ADDRESSES = "@._-+/=&%#$^\\";

  private final String text;
  private final int most;
  private final Predicate<String> isNamed;
  private final Map<Integer, Integer> codeEnds;
  private final Set<String> found = new LinkedHashSet<>();

  private Mentions(String text, int most, Predicate<String> isNamed) {
    this.text = text;
    this.most = most;
    this.isNamed = isNamed;
    this.codeEnds = text.indexOf('`') < 0 ? Map.of() : codeEnds(text);
  }

  /// Absent if there are none.
  ///
  /// @param most further mentions do not count
  /// @param isNamed whether a name, in its canonical spelling, or [#EVERYONE] counts here
  public static Optional<List<String>> in(String text, int most, Predicate<String> isNamed) {
    int colon = addressEnd(text);
    if (colon < 0 && text.indexOf('@') < 0) return Optional.empty();
    var mentions = new Mentions(text, most, isNamed);
    if (colon > 0) mentions.address(colon);
    mentions.find();
    return mentions.found.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(mentions.found));
  }

  /// The index of the colon after the first word, or -1 if the text does not begin with an address.
  private static int addressEnd(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || text.codePointCount(0, colon) > Lengths.VERSION_1.userName()) return -1;
    boolean isLast = colon + 1 == text.length();
    return isLast || Character.isWhitespace(text.charAt(colon + 1)) ? colon : -1;
  }

  /// Mentions the addressed user. `room:` mentions nobody: only `@room` mentions everyone.
  private void address(int colon) {
    var name = canonical(text.substring(0, colon));
    if (most > 0 && isUserName(name)) found.add(name);
  }

  /// The start of each run of backticks to the end of the next run of the same length: the text
  /// between them is code.
  private static Map<Integer, Integer> codeEnds(String text) {
    var ends = new HashMap<Integer, Integer>();
    var startsByLength = new HashMap<Integer, Integer>();
    for (var start = text.indexOf('`'); start >= 0; ) {
      var end = runEnd(text, start);
      var before = startsByLength.put(end - start, start);
      if (before != null) ends.put(before, end);
      start = text.indexOf('`', end);
    }
    return ends;
  }

  private static int runEnd(String text, int start) {
    var end = start;
    while (end < text.length() && text.charAt(end) == '`') end++;
    return end;
  }

  private void find() {
    for (var i = 0; i < text.length() && found.size() < most; ) {
      i =
          switch (text.charAt(i)) {
            case '`' -> codeEnds.getOrDefault(i, runEnd(text, i));
            case '@' -> mayBegin(i) ? mention(i + 1) : i + 1;
            case ':' -> text.startsWith("://", i) ? wordEnd(i) : i + 1;
            default -> i + 1;
          };
    }
  }

  private int wordEnd(int from) {
    var end = from;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) end++;
    return end;
  }

  private boolean mayBegin(int at) {
    if (at == 0) return true;
    var before = text.codePointBefore(at);
    return !isOfSpacedWord(before) && OF_ADDRESSES.indexOf(before) < 0;
  }

  /// Takes the longest name that counts, because closing punctuation may belong to a name.
  ///
  /// @return the index after the name, or `start` if no name counts
  private int mention(int start) {
    var end = nameEnd(start);
    for (var stop = end; stop > start; stop = text.offsetByCodePoints(stop, -1)) {
      var named = mayEnd(stop, end) ? named(text.substring(start, stop)) : Optional.<String>empty();
      if (named.isPresent()) {
        found.add(named.get());
        return stop;
      }
    }
    return start;
  }

  /// Only punctuation and a possessive `'s` are cut off.
  private boolean mayEnd(int stop, int end) {
    if (stop == end) return end == text.length() || !isOfSpacedWord(text.codePointAt(end));
    return text.charAt(stop) == '\''
        || text.substring(stop, end).codePoints().noneMatch(Mentions::isOfSpacedWord);
  }

  private int nameEnd(int start) {
    var end = start;
    for (var length = 0;
        end < text.length() && length < Lengths.VERSION_1.userName() + 2;
        length++) {
      var next = text.codePointAt(end);
      if (!isOfName(next)) break;
      end += Character.charCount(next);
    }
    return end;
  }

  private Optional<String> named(String raw) {
    var name = canonical(raw);
    if (name.equals("room") && isNamed.test(EVERYONE)) return Optional.of(EVERYONE);
    return isUserName(name) ? Optional.of(name) : Optional.empty();
  }

  private static String canonical(String raw) {
    return Normalizer.normalize(raw, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private boolean isUserName(String name) {
    return NEVER_FIRST.indexOf(name.charAt(0)) < 0
        && NEVER_CONTAINED.chars().noneMatch(never -> name.indexOf(never) >= 0)
        && isNamed.test(name);
  }

  private static boolean isOfName(int c) {
    return isOfWord(c) || (c > ' ' && c <= '~' && NEVER_CONTAINED.indexOf(c) < 0);
  }

  private static boolean isOfWord(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  /// In scripts without spaces, names and words follow each other directly.
  private static boolean isOfSpacedWord(int c) {
    return isOfWord(c) && !Character.isIdeographic(c);
  }
}
