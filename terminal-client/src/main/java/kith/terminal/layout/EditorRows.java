package kith.terminal.layout;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Editor;
import kith.terminal.plain.Sanitizer;

/// The editor's text broken into rows, and the cursor's position in them.
///
/// @param spots the possible cursor positions, in the order of the text
public record EditorRows(List<String> rows, List<Spot> spots, Spot cursor) {

  /// @param at the number of chars of the text before it
  public record Spot(int at, int row, int column) {}

  public EditorRows {
    rows = List.copyOf(rows);
    spots = List.copyOf(spots);
  }

  public static EditorRows of(Editor editor, int columns) {
    var rows = new ArrayList<String>();
    var spots = new ArrayList<Spot>();
    var row = new StringBuilder();
    int used = 0;
    int at = 0;
    for (var grapheme : split(editor.text())) {
      boolean breaks = grapheme.equals("\n");
      var shown = breaks ? "" : Sanitizer.line(grapheme);
      int width = breaks ? 0 : Graphemes.columns(shown);
      if (used + width > columns) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      }
      spots.add(new Spot(at, rows.size(), used));
      if (breaks) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      }
      row.append(shown);
      used += width;
      at += grapheme.length();
    }
    spots.add(new Spot(at, rows.size(), used));
    rows.add(row.toString());
    return new EditorRows(rows, spots, cursor(spots, editor.cursor()));
  }

  private static Spot cursor(List<Spot> spots, int at) {
    var cursor = spots.getFirst();
    for (var spot : spots) {
      if (spot.at() > at) break;
      cursor = spot;
    }
    return cursor;
  }

  /// The first visible row, if there are more rows than fit.
  public int first(int height) {
    return Math.max(0, cursor.row() - height + 1);
  }

  /// The index in the text at this position, or the nearest before it.
  public int at(int row, int column) {
    int at = 0;
    for (var spot : spots) {
      boolean isBehind = spot.row() > row || (spot.row() == row && spot.column() > column);
      if (isBehind) break;
      at = spot.at();
    }
    return at;
  }

  private static List<String> split(String text) {
    var found = new ArrayList<String>();
    var graphemes = BreakIterator.getCharacterInstance();
    graphemes.setText(text);
    int from = graphemes.first();
    for (int to = graphemes.next(); to != BreakIterator.DONE; to = graphemes.next()) {
      found.add(text.substring(from, to));
      from = to;
    }
    return found;
  }
}
