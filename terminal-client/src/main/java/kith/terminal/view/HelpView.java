package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Tone;

/// The key table as a page.
final class HelpView {
  private static final int CHORDS = 34;

  private HelpView() {}

  static void draw(Brush brush, Keymap keys, int scrolled) {
    var size = brush.canvas().size();
    int columns = Math.min(size.columns(), 92);
    int left = (size.columns() - columns) / 2;
    var lines = keys.help();
    int rows = Math.min(size.rows(), lines.size() + 3);
    brush.box(
        left, 0, columns, rows, "Keys (" + keys.hint(Action.CANCEL) + " closes, arrows scroll)");
    int chords = Math.min(CHORDS, columns / 2 - 2);
    for (int row = 0; row < rows - 3 && scrolled + row < lines.size(); row++) {
      var line = lines.get(scrolled + row);
      if (line.chords().isEmpty()) {
        brush.text(left + 2, row + 1, columns - 4, line.meaning(), Tone.QUIET);
        continue;
      }
      brush.text(left + 2, row + 1, chords - 1, line.chords(), Tone.STRONG);
      brush.text(left + 2 + chords, row + 1, columns - chords - 4, line.meaning(), Tone.PLAIN);
    }
    brush.text(
        left + 2,
        rows - 2,
        columns - 4,
        "Commands start with /: type / and press Tab.",
        Tone.QUIET);
    brush.canvas().noCursor();
  }
}
