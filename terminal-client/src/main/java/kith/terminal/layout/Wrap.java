package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kith.terminal.layout.Row.Span;

/// Breaks text into rows, at spaces if possible, else between graphemes.
public final class Wrap {
  /// A word includes the spaces after it.
  private static final Pattern WORD_END = Pattern.compile("(?<= )(?! )");

  private final int columns;
  private final List<Row> rows = new ArrayList<>();
  private List<Span> row = new ArrayList<>();
  private int used;

  private Wrap(int columns) {
    this.columns = Math.max(2, columns);
  }

  public static List<Row> rows(List<List<Span>> lines, int columns) {
    var wrap = new Wrap(columns);
    for (var line : lines) {
      wrap.add(line);
      wrap.next();
    }
    return wrap.rows;
  }

  public static List<Row> rows(String text, Tone tone, int columns) {
    return rows(text.lines().map(line -> List.of(new Span(line, tone))).toList(), columns);
  }

  /// A word may have several styles, such as `**now**,`.
  private void add(List<Span> line) {
    var word = new ArrayList<Span>();
    for (var span : line) {
      for (var part : WORD_END.splitAsStream(span.text()).toList()) {
        word.add(span.withText(part));
        if (!part.endsWith(" ")) continue;
        addWord(word);
        word.clear();
      }
    }
    if (!word.isEmpty()) addWord(word);
  }

  private void addWord(List<Span> word) {
    int width = Row.columns(word);
    var last = word.getLast();
    int bare =
        width - Graphemes.columns(last.text()) + Graphemes.columns(last.text().stripTrailing());
    if (used > 0 && used + bare > columns && bare <= columns) next();
    boolean isSplit = used + bare > columns;
    if (isSplit) {
      word.forEach(part -> split(part.text(), part));
      return;
    }
    boolean isFull = used + width > columns;
    word.subList(0, word.size() - 1).forEach(part -> put(part.text(), part));
    put(isFull ? last.text().stripTrailing() : last.text(), last);
  }

  private void split(String word, Span span) {
    var piece = new StringBuilder();
    int width = 0;
    for (var grapheme : Graphemes.of(word)) {
      int more = Graphemes.width(grapheme);
      if (used + width + more > columns) {
        put(piece.toString(), span);
        next();
        piece.setLength(0);
        width = 0;
      }
      piece.append(grapheme);
      width += more;
    }
    put(piece.toString(), span);
  }

  private void put(String text, Span span) {
    if (text.isEmpty()) return;
    row.add(span.withText(text));
    used += Graphemes.columns(text);
  }

  private void next() {
    rows.add(new Row(row));
    row = new ArrayList<>();
    used = 0;
  }
}
