package kith.terminal.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchMatch;
import kith.terminal.keys.Action;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Row;
import kith.terminal.layout.Row.Span;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Room;
import kith.terminal.model.ServerSearch;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.SearchLines;

/// Messages that the server found: two rows for each.
final class SearchView {
  private static final int MAX_COLUMNS = 120;
  private static final int ROWS_OF_HIT = 2;

  /// Columns of text before the first match.
  private static final int BEFORE_MATCH = 20;

  private SearchView() {}

  static void draw(Brush brush, Model model, ServerSearch search) {
    var size = model.size();
    int columns = Math.min(size.columns() - 2, MAX_COLUMNS);
    int left = (size.columns() - columns) / 2;
    int space = Math.max(1, (size.rows() - 6) / ROWS_OF_HIT);
    int shown = Math.clamp(search.hits().size(), 1, space);
    int rows = shown * ROWS_OF_HIT;
    brush.box(left, 1, columns, rows + 5, "Search in all your rooms");
    var query = "> " + Sanitizer.line(search.query());
    brush.text(left + 2, 2, columns - 4, query, Tone.STRONG);
    int from = Math.max(0, search.chosen() - shown + 1);
    for (int row = 0; row < shown && from + row < search.hits().size(); row++)
      hit(
          brush,
          model,
          search.hits().get(from + row),
          left + 1,
          3 + row * ROWS_OF_HIT,
          columns - 2,
          from + row == search.chosen());
    brush.text(
        left + 2,
        3 + rows,
        columns - 4,
        state(search),
        search.problem().isEmpty() ? Tone.QUIET : Tone.ERROR);
    brush.text(left + 2, 4 + rows, columns - 4, keys(model, search), Tone.QUIET);
    brush.canvas().cursorAt(left + 2 + Graphemes.columns(query), 2);
  }

  private static void hit(
      Brush brush, Model model, SearchHit hit, int left, int row, int columns, boolean isChosen) {
    var message = hit.message();
    var tone = isChosen ? Tone.CHOSEN : Tone.PLAIN;
    brush.bar(left, row, columns, "", tone);
    var room =
        model.rooms().stream()
            .filter(it -> it.id().equals(hit.room()))
            .findFirst()
            .map(Room::name)
            .orElse(hit.room());
    var time = new EntryLines(model.settings().zone()).time(message.at(), Instant.EPOCH);
    var head = " " + Sanitizer.line(room) + "  " + EntryLines.author(message) + "  " + time;
    brush.text(left, row, columns, head, isChosen ? tone : Tone.QUIET);
    brush.row(left + 2, row + 1, columns - 3, text(hit));
  }

  /// The part of the text with the first match, on one row.
  private static Row text(SearchHit hit) {
    var text = Blocks.text(hit.message());
    if (text.isBlank()) text = EntryLines.preview(hit.message());
    var points = text.codePoints().toArray();
    var matches =
        hit.matches().stream()
            .filter(it -> it.start() < it.end() && it.end() <= points.length)
            .toList();
    int first = matches.isEmpty() ? 0 : matches.getFirst().start();
    int from = first <= BEFORE_MATCH ? 0 : first - BEFORE_MATCH;
    var spans = new ArrayList<Span>();
    if (from > 0) spans.add(new Span("… ", Tone.QUIET));
    add(spans, points, from, matches);
    return new Row(spans);
  }

  private static void add(List<Span> spans, int[] points, int from, List<SearchMatch> matches) {
    int at = from;
    for (var match : matches) {
      if (match.start() < at) continue;
      spans.add(span(points, at, match.start(), Tone.PLAIN));
      spans.add(span(points, match.start(), match.end(), Tone.FOUND));
      at = match.end();
    }
    spans.add(span(points, at, points.length, Tone.PLAIN));
  }

  private static Span span(int[] points, int from, int to, Tone tone) {
    return new Span(Sanitizer.line(new String(points, from, to - from)), tone);
  }

  private static String state(ServerSearch search) {
    if (!search.problem().isEmpty()) return Sanitizer.line(search.problem());
    if (search.isLoading()) return "searching …";
    if (search.asked().isEmpty())
      return "Words, \"phrases\", from:USER in:ROOM with:USER before:DAY after:DAY has:link has:file";
    return String.join(
        " ",
        SearchLines.remarks(
            search.hits().size(),
            search.searchedBackTo().filter(_ -> search.before().isPresent()),
            search.unindexed()));
  }

  private static String keys(Model model, ServerSearch search) {
    var keys = model.settings().keys();
    var enter =
        !search.isAnswered()
            ? " searches  "
            : search.choice().isPresent()
                ? " goes there  "
                : search.before().isPresent() ? " searches further back  " : " searches  ";
    return keys.hint(Action.SEND) + enter + keys.hint(Action.CANCEL) + " closes";
  }
}
