package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Editor;
import kith.terminal.plain.Safe;

/// The editor's text broken into rows, and where the cursor is in them.
public record EditorRows(List<String> rows, int cursorRow, int cursorColumn) {
  public EditorRows {
    rows = List.copyOf(rows);
  }

  public static EditorRows of(Editor editor, int columns) {
    var rows = new ArrayList<String>();
    var row = new StringBuilder();
    int used = 0;
    int at = 0;
    int cursorRow = 0;
    int cursorColumn = 0;
    for (var grapheme : split(editor.text())) {
      boolean breaks = grapheme.equals("\n");
      var shown = breaks ? "" : Safe.line(grapheme);
      int width = breaks ? 0 : Graphemes.columns(shown);
      if (used + width > columns) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      }
      if (at <= editor.cursor()) {
        cursorRow = rows.size();
        cursorColumn = used;
      }
      if (breaks) {
        rows.add(row.toString());
        row.setLength(0);
        used = 0;
      }
      row.append(shown);
      used += width;
      at += grapheme.length();
    }
    if (at <= editor.cursor()) {
      cursorRow = rows.size();
      cursorColumn = used;
    }
    rows.add(row.toString());
    return new EditorRows(rows, cursorRow, cursorColumn);
  }

  /// Not composed: the cursor counts the chars that were typed.
  private static List<String> split(String text) {
    var found = new ArrayList<String>();
    var graphemes = java.text.BreakIterator.getCharacterInstance();
    graphemes.setText(text);
    int from = graphemes.first();
    for (int to = graphemes.next(); to != java.text.BreakIterator.DONE; to = graphemes.next()) {
      found.add(text.substring(from, to));
      from = to;
    }
    return found;
  }
}
