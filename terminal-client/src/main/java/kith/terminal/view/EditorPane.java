package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.EditorRows;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Matches;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Editor;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.plain.Safe;

/// What is being typed, with the terminal's own cursor in it.
final class EditorPane {
  private EditorPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    if (model.overlay() instanceof Overlay.Find find) {
      find(brush, model, panes, find.query());
      return;
    }
    var editor = EditorRows.of(model.editor(), panes.columns() - 2);
    int from = editor.first(panes.editorRows());
    int top = panes.statusRow() + 1;
    for (int row = 0; row < panes.editorRows() && from + row < editor.rows().size(); row++) {
      brush.text(0, top + row, 2, row + from == 0 ? mark(model) : "  ", Tone.STRONG);
      brush.text(2, top + row, panes.columns() - 2, editor.rows().get(from + row), Tone.PLAIN);
    }
    if (model.editor().isEmpty()) brush.text(2, top, panes.columns() - 2, hint(model), Tone.QUIET);
    var cursor = editor.cursor();
    brush.canvas().cursorAt(2 + cursor.column(), top + cursor.row() - from);
  }

  private static void find(Brush brush, Model model, Panes panes, String query) {
    int top = panes.statusRow() + 1;
    var shown = "/ " + Safe.line(query);
    brush.text(0, top, panes.columns(), shown, Tone.STRONG);
    int end = Graphemes.columns(shown);
    var summary =
        query.isBlank()
            ? "find: Enter keeps the place, ↑ earlier, Escape back"
            : model.here().map(room -> Matches.summary(room, query)).orElse("");
    int left = panes.columns() - Graphemes.columns(summary);
    if (left > end + 1) brush.text(left, top, panes.columns() - left, summary, Tone.QUIET);
    brush.canvas().cursorAt(end, top);
  }

  private static String mark(Model model) {
    return switch (model.editor().purpose()) {
      case Editor.Say() -> model.settings().isNormal() ? "- " : "> ";
      case Editor.Reply _ -> "↪ ";
      case Editor.Edit _ -> "✎ ";
    };
  }

  private static String hint(Model model) {
    var leave = "; " + model.settings().keys().hint(Action.CANCEL) + " to leave it";
    return switch (model.editor().purpose()) {
      case Editor.Say() -> saying(model);
      case Editor.Reply(var seq) -> "your answer to #" + seq + leave;
      case Editor.Edit(var seq) -> "the new text of #" + seq + leave;
    };
  }

  private static String saying(Model model) {
    var keys = model.settings().keys();
    var layer = model.settings().isNormal() ? Layer.NORMAL : Layer.SELECTED;
    if (model.here().map(room -> room.reading().selected().isPresent()).orElse(false)) {
      return keys.hint(layer, Action.REPLY)
          + " reply, "
          + keys.hint(layer, Action.EDIT)
          + " edit, "
          + keys.hint(layer, Action.REMOVE)
          + " remove, "
          + keys.hint(layer, Action.COPY)
          + " copy, "
          + keys.hint(layer, Action.OPEN_LINK)
          + " link, "
          + keys.hint(Action.CANCEL)
          + " back";
    }
    return model.settings().isNormal()
        ? keys.hint(layer, Action.WRITE) + " writes, " + keys.hint(layer, Action.HELP) + " all keys"
        : "";
  }
}
