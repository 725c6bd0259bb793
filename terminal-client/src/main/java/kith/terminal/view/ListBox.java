package kith.terminal.view;

import java.util.List;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Tone;
import kith.terminal.plain.Sanitizer;

/// A box with the text that the user types and the lines that match it.
record ListBox(Brush brush, String title, String query, List<Line> lines, int chosen) {
  private static final int MAX_ROWS = 14;
  private static final int MAX_COLUMNS = 76;

  /// @param detail shown quietly behind the label
  /// @param key shown at the right; empty for none
  record Line(String label, String detail, String key) {}

  /// @param otherwise shown if there are no lines
  /// @param keys the last row; empty for none
  void draw(String otherwise, String keys) {
    var size = brush.canvas().size();
    int columns = Math.min(size.columns() - 2, MAX_COLUMNS);
    int left = (size.columns() - columns) / 2;
    int extra = keys.isEmpty() ? 0 : 1;
    int shown =
        Math.clamp(lines.size(), 1, Math.max(1, Math.min(MAX_ROWS, size.rows() - 5 - extra)));
    brush.box(left, 1, columns, shown + 3 + extra, title);
    brush.text(left + 2, 2, columns - 4, "> " + Sanitizer.line(query), Tone.STRONG);
    int from = Math.max(0, chosen - shown + 1);
    for (int row = 0; row < shown && from + row < lines.size(); row++) {
      line(lines.get(from + row), left + 1, 3 + row, columns - 2, from + row == chosen);
    }
    if (lines.isEmpty()) brush.text(left + 2, 3, columns - 4, otherwise, Tone.QUIET);
    if (extra > 0) brush.text(left + 2, 3 + shown, columns - 4, keys, Tone.QUIET);
    brush.canvas().cursorAt(left + 4 + Graphemes.columns(Sanitizer.line(query)), 2);
  }

  private void line(Line line, int left, int row, int columns, boolean isChosen) {
    var tone = isChosen ? Tone.CHOSEN : Tone.PLAIN;
    var label = " " + Sanitizer.line(line.label());
    var quiet = isChosen ? tone : Tone.QUIET;
    brush.bar(left, row, columns, "", tone);
    int space = columns;
    if (!line.key().isEmpty()) {
      space = columns - Graphemes.columns(line.key()) - 2;
      brush.text(left + space + 1, row, columns - space - 1, line.key(), quiet);
    }
    brush.text(left, row, space, label, tone);
    int behind = Graphemes.columns(label) + 2;
    if (line.detail().isEmpty() || behind >= space - 2) return;
    brush.text(left + behind, row, space - 1 - behind, Sanitizer.line(line.detail()), quiet);
  }
}
