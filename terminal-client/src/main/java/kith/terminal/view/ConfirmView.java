package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay.Deed;
import kith.terminal.plain.Safe;

/// A question above the editor, and the keys that answer it.
final class ConfirmView {
  private static final int MOST_COLUMNS = 72;
  private static final int ROWS = 4;

  private ConfirmView() {}

  static void draw(Brush brush, Model model, Deed deed) {
    var panes = Panes.of(model);
    int columns = Math.min(panes.columns() - 2, MOST_COLUMNS);
    int left = (panes.columns() - columns) / 2;
    int top = Math.max(0, panes.statusRow() - ROWS);
    brush.box(left, top, columns, ROWS, question(deed));
    brush.text(left + 2, top + 1, columns - 4, Safe.line(words(deed)), Tone.PLAIN);
    var keys = model.settings().keys();
    var answers = keys.hint(Action.SEND) + " yes, " + keys.hint(Action.CANCEL) + " no";
    brush.text(left + 2, top + 2, columns - 4, answers, Tone.STRONG);
    brush.canvas().noCursor();
  }

  private static String question(Deed deed) {
    return switch (deed) {
      case Deed.Remove _ -> "Remove this message for everybody?";
      case Deed.Part _ -> "End this contact, for both of you?";
      case Deed.Drop _ -> "Drop this message, which was not sent?";
    };
  }

  private static String words(Deed deed) {
    return switch (deed) {
      case Deed.Remove(_, _, var words) -> words;
      case Deed.Part(var user) -> user;
      case Deed.Drop(_, _, var words) -> words.isEmpty() ? "(the removal of a message)" : words;
    };
  }
}
