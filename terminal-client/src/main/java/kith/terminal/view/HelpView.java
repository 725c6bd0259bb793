package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Overlay;
import kith.terminal.plain.Sanitizer;
import kith.terminal.update.HelpActions;

/// The keys and commands as a page.
final class HelpView {
  private static final int CHORDS = 34;
  private static final int FRAME = 4;

  private HelpView() {}

  static void draw(Brush brush, Keymap keys, Overlay.Help help) {
    var size = brush.canvas().size();
    int columns = Math.min(size.columns(), 92);
    int left = (size.columns() - columns) / 2;
    var lines = HelpActions.lines(keys, help.query());
    int rows = size.rows();
    brush.box(
        left, 0, columns, rows, "Help (" + keys.hint(Action.CANCEL) + " closes, arrows scroll)");
    var query = "> " + Sanitizer.line(help.query());
    brush.text(left + 2, 1, columns - 4, query, Tone.STRONG);
    if (help.query().isEmpty())
      brush.text(left + 4, 1, columns - 6, "type to find a key or a command", Tone.QUIET);
    int chords = Math.min(CHORDS, columns / 2 - 2);
    for (int row = 0; row < rows - FRAME && help.scrolled() + row < lines.size(); row++) {
      var line = lines.get(help.scrolled() + row);
      if (line.chords().isEmpty()) {
        brush.text(left + 2, row + 2, columns - 4, line.meaning(), Tone.STRONG);
        continue;
      }
      brush.text(left + 2, row + 2, chords - 1, "  " + line.chords(), Tone.CODE);
      brush.text(left + 2 + chords, row + 2, columns - chords - 4, line.meaning(), Tone.PLAIN);
    }
    if (lines.isEmpty()) brush.text(left + 4, 2, columns - 6, "No match.", Tone.QUIET);
    brush.canvas().cursorAt(left + 2 + Graphemes.columns(query), 1);
  }
}
