package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kith.terminal.layout.Passage.Alignment;
import kith.terminal.layout.Row.Span;

/// The columns of a table.
final class TableColumns {
  static final String BETWEEN = " │ ";

  private static final int NARROWEST = 3;

  private TableColumns() {}

  /// The widths of the columns. The widest ones give way first; empty if there is no space for all.
  static List<Integer> widths(Passage.Table table, int columns) {
    int count = table.columns().size();
    int space = columns - BETWEEN.length() * (count - 1);
    if (space < NARROWEST * count) return List.of();
    var widths = new ArrayList<Integer>();
    int sum = 0;
    for (int column = 0; column < count; column++) {
      int here = column;
      int width = table.rows().stream().mapToInt(row -> Row.columns(row.get(here))).max().orElse(1);
      // no column needs more than the available space
      widths.add(Math.clamp(width, 1, columns));
      sum += widths.getLast();
    }
    for (; sum > space; sum--) {
      int widest = 0;
      for (int column = 1; column < count; column++) {
        if (widths.get(column) > widths.get(widest)) widest = column;
      }
      widths.set(widest, widths.get(widest) - 1);
    }
    return widths;
  }

  static String rule(List<Integer> widths) {
    return widths.stream().map("─"::repeat).collect(Collectors.joining("─┼─"));
  }

  static List<Span> aligned(List<Span> cell, int columns, Alignment alignment) {
    int space = Math.max(0, columns - Row.columns(cell));
    int left =
        switch (alignment) {
          case LEFT -> 0;
          case CENTER -> space / 2;
          case RIGHT -> space;
        };
    var spans = new ArrayList<>(List.of(new Span(" ".repeat(left), Tone.PLAIN)));
    spans.addAll(cell);
    spans.add(new Span(" ".repeat(space - left), Tone.PLAIN));
    return spans;
  }
}
