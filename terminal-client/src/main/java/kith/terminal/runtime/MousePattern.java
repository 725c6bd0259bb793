package kith.terminal.runtime;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.input.CharacterPattern;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.input.MouseAction;
import com.googlecode.lanterna.input.MouseActionType;
import java.util.List;
import java.util.regex.Pattern;

/// Parses mouse reports in the SGR format, which supports columns beyond 223.
final class MousePattern implements CharacterPattern {
  private static final String BEGINS = "\u001b[<";
  private static final int MAX_CHARS = 24;
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,4});(\\d{1,5});(\\d{1,5})([Mm])");
  private static final int WHEEL = 64;
  private static final int MOVES = 32;

  @Override
  public Matching match(List<Character> seen) {
    for (int at = 0; at < Math.min(seen.size(), BEGINS.length()); at++) {
      if (seen.get(at) != BEGINS.charAt(at)) return none();
    }
    if (seen.size() < BEGINS.length() || !isEnd(seen.getLast())) {
      return seen.size() < MAX_CHARS ? Matching.NOT_YET : none();
    }
    var text = new StringBuilder();
    seen.subList(BEGINS.length(), seen.size()).forEach(text::append);
    var parts = WHOLE.matcher(text);
    if (!parts.matches()) return none();
    int code = Integer.parseInt(parts.group(1));
    int column = Math.max(0, Integer.parseInt(parts.group(2)) - 1);
    int row = Math.max(0, Integer.parseInt(parts.group(3)) - 1);
    return new Matching(stroke(code, parts.group(4).equals("M"), column, row));
  }

  /// Lanterna expects null for no match.
  @SuppressWarnings("NullAway")
  private static Matching none() {
    return null;
  }

  private static boolean isEnd(char last) {
    return last == 'M' || last == 'm';
  }

  private static KeyStroke stroke(int code, boolean isDown, int column, int row) {
    var place = new TerminalPosition(column, row);
    int button = code & 3;
    if ((code & WHEEL) != 0) {
      // horizontal wheels
      if (button > 1) return new KeyStroke(KeyType.Unknown);
      var way = button == 0 ? MouseActionType.SCROLL_UP : MouseActionType.SCROLL_DOWN;
      return new MouseAction(way, button + 4, place);
    }
    if ((code & MOVES) != 0) return new MouseAction(MouseActionType.DRAG, button + 1, place);
    var what = isDown ? MouseActionType.CLICK_DOWN : MouseActionType.CLICK_RELEASE;
    return new MouseAction(what, button + 1, place);
  }
}
