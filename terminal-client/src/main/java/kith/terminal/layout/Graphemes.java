package kith.terminal.layout;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// User-perceived characters, and the number of columns that a terminal gives each.
public final class Graphemes {
  private static final int SIMPLE_BELOW = 0x300;
  private static final int VARIATION_TEXT = 0xFE0E;
  private static final int VARIATION_EMOJI = 0xFE0F;

  /// East Asian Wide and Fullwidth of Unicode's EastAsianWidth.txt, as first and last code points,
  /// without those that the JDK classifies as emoji.
  private static final NavigableMap<Integer, Integer> WIDE = new TreeMap<>();

  static {
    int[][] ranges = {
      {0x1100, 0x115F}, {0x2329, 0x232A}, {0x2E80, 0x303E}, {0x3041, 0x33FF},
      {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
      {0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60},
      {0xFFE0, 0xFFE6}, {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F200, 0x1F265},
      {0x20000, 0x3FFFD}
    };
    for (var range : ranges) WIDE.put(range[0], range[1]);
  }

  private Graphemes() {}

  public static List<String> of(String text) {
    var found = new ArrayList<String>(text.length());
    if (text.chars().allMatch(unit -> unit < SIMPLE_BELOW)) {
      for (int at = 0; at < text.length(); at++) found.add(text.substring(at, at + 1));
      return found;
    }
    var graphemes = BreakIterator.getCharacterInstance();
    graphemes.setText(text);
    int from = graphemes.first();
    for (int to = graphemes.next(); to != BreakIterator.DONE; to = graphemes.next()) {
      // normalized one by one, because normalizing the whole text could move boundaries away from
      // the cursor
      found.add(Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFC));
      from = to;
    }
    return found;
  }

  public static int columns(String text) {
    if (text.chars().allMatch(unit -> unit < SIMPLE_BELOW)) return text.length();
    return of(text).stream().mapToInt(Graphemes::width).sum();
  }

  /// 0, 1 or 2.
  public static int width(String grapheme) {
    int first = grapheme.codePointAt(0);
    if (first < SIMPLE_BELOW) return 1;
    if (grapheme.indexOf(VARIATION_EMOJI) > 0) return 2;
    if (Character.isEmojiPresentation(first) && grapheme.indexOf(VARIATION_TEXT) < 0) return 2;
    return Math.min(2, grapheme.codePoints().map(Graphemes::ofPoint).sum());
  }

  private static int ofPoint(int point) {
    var range = WIDE.floorEntry(point);
    if (range != null && point <= range.getValue()) return 2;
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      // the later letters of a Hangul syllable take no columns of their own
      default -> point >= 0x1160 && point <= 0x11FF ? 0 : 1;
    };
  }

  /// The beginning and the end of a text, with `…` in place of the rest that does not fit. In the
  /// name of a file, both parts matter.
  public static String fitMiddle(String text, int columns) {
    if (columns(text) <= columns) return text;
    if (columns < 3) return fit(text, columns);
    var all = of(text);
    int left = (columns - 1) / 2;
    var end = new StringBuilder();
    for (int at = all.size() - 1; at >= 0 && width(all.get(at)) <= left; at--) {
      end.insert(0, all.get(at));
      left -= width(all.get(at));
    }
    return fit(text, columns - columns(end.toString())) + end;
  }

  /// The longest prefix that fits, with `…` for the rest.
  public static String fit(String text, int columns) {
    if (columns(text) <= columns) return text;
    var fitting = new StringBuilder();
    int used = 0;
    for (var grapheme : of(text)) {
      used += width(grapheme);
      if (used > columns - 1) break;
      fitting.append(grapheme);
    }
    return columns < 1 ? "" : fitting.append('…').toString();
  }
}
