package kith.terminal.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import kith.terminal.layout.Row.Span;

/// Lays passages out in rows of a width.
final class PassageRows {
  private static final String BAR = "▎ ";

  /// A frame needs at least as many columns.
  private static final int FRAMED = 12;

  /// Text beside an indent has at least as many columns.
  private static final int HANGING = 4;

  private static final Span CUT = new Span("…", Tone.QUIET);

  private final int columns;
  private final boolean isWhole;
  private final List<Row> rows = new ArrayList<>();

  private PassageRows(int columns, boolean isWhole) {
    this.columns = Math.max(2, columns);
    this.isWhole = isWhole;
  }

  /// @param isWhole long lines of code and cells of tables continue in more rows; otherwise they
  ///   are cut with a mark
  static List<Row> of(Collection<Passage> passages, int columns, boolean isWhole) {
    var layout = new PassageRows(columns, isWhole);
    passages.forEach(layout::add);
    return layout.rows;
  }

  private void add(Passage passage) {
    switch (passage) {
      case Passage.Text text -> addText(text);
      case Passage.Code(var label, _, var lines) -> addCode(label, lines);
      case Passage.Quote(var passages) -> addQuote(passages);
      case Passage.Table table -> addTable(table);
    }
  }

  private void addText(Passage.Text text) {
    int before = Row.columns(text.first());
    if (before == 0 || columns - before < Math.max(HANGING, before)) {
      rows.addAll(Wrap.rows(List.of(joined(text.first(), text.spans())), columns));
      return;
    }
    var prefix = text.first();
    for (var row : Wrap.rows(List.of(text.spans()), columns - before)) {
      rows.add(new Row(joined(prefix, row.spans())));
      prefix = text.rest();
    }
  }

  private void addQuote(Collection<Passage> passages) {
    boolean hasBar = columns >= FRAMED;
    int width = hasBar ? columns - Graphemes.columns(BAR) : columns;
    for (var row : of(passages, width, isWhole)) {
      rows.add(hasBar ? new Row(joined(List.of(new Span(BAR, Tone.BORDER)), row.spans())) : row);
    }
  }

  private void addCode(String label, List<List<Span>> lines) {
    if (columns < FRAMED) {
      for (var line : lines) {
        if (isWhole) split(line, columns).forEach(part -> rows.add(new Row(part)));
        else rows.add(new Row(cut(line, columns)));
      }
      return;
    }
    int most = columns - 4;
    int widest = lines.stream().mapToInt(Row::columns).max().orElse(0);
    var title = label.isEmpty() ? "" : " " + Graphemes.fit(label, most - 2) + " ";
    int inner = Math.clamp(widest, Graphemes.columns(title), most);
    rows.add(
        new Row(
            List.of(
                new Span("┌", Tone.BORDER),
                new Span(title, Tone.QUIET),
                new Span("─".repeat(inner + 2 - Graphemes.columns(title)) + "┐", Tone.BORDER))));
    for (var line : lines) {
      if (!isWhole) {
        rows.add(framed("│ ", cut(line, inner), inner));
        continue;
      }
      var left = "│ ";
      for (var part : split(line, inner)) {
        rows.add(framed(left, part, inner));
        // a dotted edge: the row continues the line above
        left = "┊ ";
      }
    }
    rows.add(Row.of("└" + "─".repeat(inner + 2) + "┘", Tone.BORDER));
  }

  private static Row framed(String left, List<Span> line, int columns) {
    var spans = new ArrayList<>(List.of(new Span(left, Tone.BORDER)));
    spans.addAll(line);
    spans.add(new Span(" ".repeat(Math.max(0, columns - Row.columns(line))), Tone.CODE));
    spans.add(new Span(" │", Tone.BORDER));
    return new Row(spans);
  }

  private void addTable(Passage.Table table) {
    var widths = TableColumns.widths(table, columns);
    if (widths.isEmpty()) {
      rows.addAll(Wrap.rows(table.typed(), columns));
      return;
    }
    boolean isHeading = true;
    for (var cells : table.rows()) {
      addCells(cells, table.columns(), widths);
      if (isHeading) rows.add(Row.of(TableColumns.rule(widths), Tone.BORDER));
      isHeading = false;
    }
  }

  private void addCells(
      List<List<Span>> cells, List<Passage.Alignment> alignments, List<Integer> widths) {
    var parts = new ArrayList<List<List<Span>>>();
    int height = 1;
    for (int column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      int width = widths.get(column);
      var part =
          isWhole
              ? Wrap.rows(List.of(cell), width).stream().map(Row::spans).toList()
              : List.of(cut(cell, width));
      parts.add(part);
      height = Math.max(height, part.size());
    }
    for (int row = 0; row < height; row++) {
      var spans = new ArrayList<Span>();
      for (int column = 0; column < parts.size(); column++) {
        var part = parts.get(column);
        var cell = row < part.size() ? part.get(row) : List.<Span>of();
        if (column > 0) spans.add(new Span(TableColumns.BETWEEN, Tone.BORDER));
        spans.addAll(TableColumns.aligned(cell, widths.get(column), alignments.get(column)));
      }
      rows.add(new Row(spans));
    }
  }

  private static List<Span> joined(List<Span> first, List<Span> second) {
    if (first.isEmpty()) return second;
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /// The beginning of a line that does not fit, with `…` for the rest.
  private static List<Span> cut(List<Span> line, int columns) {
    if (Row.columns(line) <= columns) return line;
    var parts = split(line, columns - 1);
    return joined(parts.getFirst(), List.of(CUT));
  }

  /// Between graphemes, not at words: the spaces of code count.
  private static List<List<Span>> split(List<Span> line, int columns) {
    var parts = new ArrayList<List<Span>>();
    var part = new ArrayList<Span>();
    int used = 0;
    for (var span : line) {
      var text = new StringBuilder();
      for (var grapheme : Graphemes.of(span.text())) {
        int width = Graphemes.width(grapheme);
        if (used + width > columns && used > 0) {
          part.add(span.withText(text.toString()));
          text.setLength(0);
          parts.add(List.copyOf(part));
          part.clear();
          used = 0;
        }
        text.append(grapheme);
        used += width;
      }
      if (!text.isEmpty()) part.add(span.withText(text.toString()));
    }
    parts.add(List.copyOf(part));
    return parts;
  }
}
