package kith.terminal.update;

import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.EditorRows;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;

/// Handles clicks and the wheel.
final class MouseActions {
  private MouseActions() {}

  /// Over the view without the focus, the wheel scrolls that one.
  static void wheeled(StepBuilder step, boolean isUp, int column, int row) {
    if (step.form.isPresent()) return;
    var other = Splits.at(step, column, row);
    if (step.overlay instanceof Overlay.None && other.isPresent()) {
      Scrolling.scroll(step, other.get(), isUp ? Scrolling.FEW_ROWS : -Scrolling.FEW_ROWS);
      return;
    }
    switch (step.overlay) {
      case Overlay.None(), Overlay.Find _, Overlay.MessageMenu _ ->
          ChatActions.act(step, isUp ? Action.LINE_UP : Action.LINE_DOWN);
      case Overlay.Completions _ -> Update.act(step, isUp ? Action.LINE_UP : Action.LINE_DOWN);
      case Overlay.Help _,
          Overlay.Palette _,
          Overlay.Pick _,
          Overlay.SearchAll _,
          Overlay.ContactList _ ->
          Update.act(step, isUp ? Action.UP : Action.DOWN);
      case Overlay.Confirm _, Overlay.ChangePassword _, Overlay.Preview _ -> {}
    }
  }

  static void clicked(StepBuilder step, int column, int row) {
    if (step.form.isPresent() || !(step.overlay instanceof Overlay.None)) return;
    var panes = Panes.of(step.model());
    var area = panes.focused();
    if (row > panes.statusRow()) {
      editor(step, panes, column, row);
    } else if (Splits.at(step, column, row).isPresent()) {
      Splits.otherHalf(step);
    } else if (row < 1 || row >= panes.statusRow()) {
      return;
    } else if (column < panes.rooms()) {
      int index = panes.firstRoom(step.model()) + row - 1;
      if (index < step.rooms.size()) RoomNavigation.goTo(step, step.rooms.get(index).id());
    } else if (area.contains(column, row) && row >= area.firstRow()) {
      timeline(step, row - area.firstRow());
    }
  }

  private static void editor(StepBuilder step, Panes panes, int column, int row) {
    var rows = EditorRows.of(step.editor, panes.columns() - 2);
    int line = rows.first(panes.editorRows()) + row - panes.statusRow() - 1;
    var editor = step.editor;
    step.editor =
        new Editor(editor.text(), rows.at(line, column - 2), editor.purpose(), editor.isPasted());
  }

  /// A second click deselects the message.
  ///
  /// @param row counted from the first row of the timeline
  private static void timeline(StepBuilder step, int row) {
    var room = step.shownRoom();
    if (room.isEmpty()) return;
    var scroll = Panes.scroll(step.model(), room.get());
    var index = scroll.blockAt(room.get().reading().anchor(), row);
    if (index.isEmpty() || index.getAsInt() >= room.get().log().entries().size()) return;
    var entry = room.get().log().entries().get(index.getAsInt());
    if (!(entry instanceof Entry.Message)) return;
    var seq = OptionalLong.of(entry.seq());
    boolean isAgain = room.get().reading().selected().equals(seq);
    step.changeShown(it -> it.with(it.reading().selecting(isAgain ? OptionalLong.empty() : seq)));
  }
}
