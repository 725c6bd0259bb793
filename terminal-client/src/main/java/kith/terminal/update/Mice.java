package kith.terminal.update;

import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.EditorRows;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;

/// What clicks and the wheel do.
final class Mice {
  private Mice() {}

  static void wheeled(Draft draft, boolean isUp) {
    if (draft.form.isPresent()) return;
    switch (draft.overlay) {
      case Overlay.None(), Overlay.Find _, Overlay.Acting _ ->
          Talk.act(draft, isUp ? Action.LINE_UP : Action.LINE_DOWN);
      case Overlay.Help _, Overlay.Palette _, Overlay.Acquaintances _ ->
          Update.act(draft, isUp ? Action.UP : Action.DOWN);
      case Overlay.Confirm _ -> {}
    }
  }

  static void clicked(Draft draft, int column, int row) {
    if (draft.form.isPresent() || !(draft.overlay instanceof Overlay.None)) return;
    var panes = Panes.of(draft.model());
    if (row > panes.statusRow()) {
      editor(draft, panes, column, row);
    } else if (row < 1 || row >= panes.statusRow()) {
      return;
    } else if (column < panes.rooms()) {
      int index = panes.firstRoom(draft.model()) + row - 1;
      if (index < draft.rooms.size()) Rooms.goTo(draft, draft.rooms.get(index).id());
    } else if (column >= panes.timelineLeft()
        && column < panes.timelineLeft() + panes.timelineColumns()
        && row <= panes.timelineRows()) {
      timeline(draft, row);
    }
  }

  private static void editor(Draft draft, Panes panes, int column, int row) {
    var rows = EditorRows.of(draft.editor, panes.columns() - 2);
    int line = rows.first(panes.editorRows()) + row - panes.statusRow() - 1;
    var editor = draft.editor;
    draft.editor = new Editor(editor.text(), rows.at(line, column - 2), editor.purpose());
  }

  /// A second click lets the message go.
  private static void timeline(Draft draft, int row) {
    var room = draft.here();
    if (room.isEmpty()) return;
    var scroll = Panes.scroll(draft.model(), room.get());
    var index = scroll.blockAt(room.get().reading().anchor(), row - 1);
    if (index.isEmpty() || index.getAsInt() >= room.get().log().entries().size()) return;
    var entry = room.get().log().entries().get(index.getAsInt());
    if (!(entry instanceof Entry.Message)) return;
    var seq = OptionalLong.of(entry.seq());
    boolean isAgain = room.get().reading().selected().equals(seq);
    draft.changeHere(it -> it.with(it.reading().selecting(isAgain ? OptionalLong.empty() : seq)));
  }
}
