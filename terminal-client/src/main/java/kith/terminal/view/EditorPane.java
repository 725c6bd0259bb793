package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.EditorRows;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Editor;
import kith.terminal.model.Model;

/// What is being typed, with the terminal's own cursor in it.
final class EditorPane {
  private EditorPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
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
          + keys.hint(Action.CANCEL)
          + " back";
    }
    return model.settings().isNormal()
        ? keys.hint(layer, Action.WRITE) + " writes, " + keys.hint(layer, Action.HELP) + " all keys"
        : "";
  }
}
