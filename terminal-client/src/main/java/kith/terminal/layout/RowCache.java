package kith.terminal.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The rows of the latest texts, because scrolling needs the same ones repeatedly. The text and the
/// width determine its contents completely, so the same model still gives the same screen.
final class RowCache {
  static final int MAX_TEXTS = 1_000;

  /// Rows take about 20 bytes for each character.
  static final int MAX_CHARS = 500_000;

  /// Everything that determines the rows.
  record Key(String text, TextOptions options, String after, int columns) {}

  private final Map<Key, List<Row>> rowsByKey = new LinkedHashMap<>(16, 0.75f, true);
  private int chars;

  synchronized List<Row> rows(Key key, Supplier<List<Row>> layout) {
    var kept = rowsByKey.get(key);
    if (kept != null) return kept;
    var rows = layout.get();
    rowsByKey.put(key, rows);
    chars += key.text().length();
    var oldest = rowsByKey.keySet().iterator();
    while (rowsByKey.size() > MAX_TEXTS || chars > MAX_CHARS) {
      chars -= oldest.next().text().length();
      oldest.remove();
    }
    return rows;
  }

  synchronized int size() {
    return rowsByKey.size();
  }
}
