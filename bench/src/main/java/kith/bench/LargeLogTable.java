package kith.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The measurements of `large-log` for rooms of each size, as a table in Markdown.
final class LargeLogTable {
  enum Column {
    START("start of the node, s", 1),
    RESIDENT("resident after it, MiB", 0),
    FIRST_OPEN("`open` to `complete`, first request, ms", 0),
    OPEN_CPU("CPU time of the node for it, ms", 0),
    FIRST_PAGE("newest page, first request, ms", 0),
    PAGE_CPU("CPU time of the node for it, ms", 0),
    OLD_PAGE("then a page from the middle, ms", 0),
    WARM_OPEN("`open` to `complete` after others, ms", 0),
    HEAP("heap after the requests, MiB", 0);

    private final String label;
    private final int decimals;

    Column(String label, int decimals) {
      this.label = label;
      this.decimals = decimals;
    }
  }

  private final Map<Long, Map<Column, List<Double>>> byEntries = new TreeMap<>();

  void add(long entries, Map<Column, Double> values) {
    var row = byEntries.computeIfAbsent(entries, _ -> new EnumMap<>(Column.class));
    values.forEach(
        (column, value) -> row.computeIfAbsent(column, _ -> new ArrayList<>()).add(value));
  }

  List<String> rows() {
    var rows = new ArrayList<String>();
    var head = new StringBuilder("| entries of the room |");
    for (var column : Column.values()) head.append(' ').append(column.label).append(" |");
    rows.add(head.toString());
    rows.add("|---:" + "|---:".repeat(Column.values().length) + "|");
    byEntries.forEach((entries, row) -> {
      var line = new StringBuilder("| %,d |".formatted(entries));
      for (var column : Column.values())
        line.append(' ')
            .append(Spread.of(row.getOrDefault(column, List.of())).text(column.decimals))
            .append(" |");
      rows.add(line.toString());
    });
    return rows;
  }
}
