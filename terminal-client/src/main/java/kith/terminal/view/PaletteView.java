package kith.terminal.view;

import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.plain.Sanitizer;
import kith.terminal.update.CommandPalette;

/// The rooms and commands that match the query.
final class PaletteView {
  private static final int MAX_ROWS = 14;

  private PaletteView() {}

  static void draw(Brush brush, Model model, Overlay.Palette palette) {
    var size = model.size();
    int columns = Math.min(size.columns() - 2, 76);
    int left = (size.columns() - columns) / 2;
    var choices = CommandPalette.choices(model, palette.query());
    int shown = Math.min(Math.min(MAX_ROWS, size.rows() - 5), Math.max(1, choices.size()));
    brush.box(left, 1, columns, shown + 3, "Go to");
    brush.text(left + 2, 2, columns - 4, "> " + palette.query(), Tone.STRONG);
    int from = Math.max(0, palette.chosen() - shown + 1);
    for (int row = 0; row < shown && from + row < choices.size(); row++) {
      var tone = from + row == palette.chosen() ? Tone.CHOSEN : Tone.PLAIN;
      var choice = choices.get(from + row);
      var label = " " + Sanitizer.line(choice.label());
      brush.bar(left + 1, 3 + row, columns - 2, label, tone);
      int behind = Graphemes.columns(label) + 2;
      if (choice.detail().isEmpty() || behind >= columns - 4) continue;
      var quiet = tone == Tone.CHOSEN ? tone : Tone.QUIET;
      brush.text(
          left + 1 + behind, 3 + row, columns - 3 - behind, Sanitizer.line(choice.detail()), quiet);
    }
    if (choices.isEmpty()) brush.text(left + 2, 3, columns - 4, "No match.", Tone.QUIET);
    brush.canvas().cursorAt(left + 4 + Graphemes.columns(palette.query()), 2);
  }
}
