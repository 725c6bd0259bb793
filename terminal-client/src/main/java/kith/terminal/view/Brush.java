package kith.terminal.view;

import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Row;
import kith.terminal.layout.Tone;

/// Draws on a canvas in the styles of a theme.
record Brush(Canvas canvas, Theme theme) {

  CellStyle style(Tone tone) {
    return theme.style(tone, 0);
  }

  /// Truncated with `…` if it does not fit.
  void text(int column, int row, int columns, String text, Tone tone) {
    canvas.put(column, row, column + columns, Graphemes.fit(text, columns), style(tone));
  }

  /// A whole row in one style.
  void bar(int column, int row, int columns, String text, Tone tone) {
    canvas.fill(column, row, column + columns, style(tone));
    text(column, row, columns, text, tone);
  }

  void row(int column, int row, int columns, Row what) {
    int at = column;
    for (var span : what.spans()) {
      var style = theme.style(span.tone(), span.hue());
      var linked = span.link().isEmpty() ? style : style.withLink(span.link());
      at = canvas.put(at, row, column + columns, span.text(), linked);
    }
  }

  void border(int column, int top, int rows) {
    for (int row = top; row < top + rows; row++) text(column, row, 1, "│", Tone.BORDER);
  }

  /// An empty box with a title.
  void box(int column, int top, int columns, int rows, String title) {
    for (int row = top; row < top + rows; row++) {
      canvas.fill(column, row, column + columns, style(Tone.PLAIN));
    }
    var name = title.isEmpty() ? "" : " " + Graphemes.fit(title, columns - 6) + " ";
    int rest = Math.max(0, columns - 3 - Graphemes.columns(name));
    text(column, top, columns, "┌─" + name + "─".repeat(rest) + "┐", Tone.BORDER);
    text(column, top + rows - 1, columns, "└" + "─".repeat(columns - 2) + "┘", Tone.BORDER);
    for (int row = top + 1; row < top + rows - 1; row++) {
      text(column, row, 1, "│", Tone.BORDER);
      text(column + columns - 1, row, 1, "│", Tone.BORDER);
    }
  }
}
