package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.model.Model;
import kith.terminal.model.Picker;
import kith.terminal.update.Pickers;

/// A list to choose from.
final class PickerView {
  private PickerView() {}

  static void draw(Brush brush, Model model, Picker picker) {
    var lines =
        picker.matching().stream()
            .map(it -> new ListBox.Line(it.label(), it.detail(), ""))
            .toList();
    var keys = model.settings().keys();
    var otherwise =
        picker.items().isEmpty()
            ? "loading …"
            : picker.items().get().isEmpty()
                ? Pickers.whenEmpty(picker.kind())
                : Pickers.withoutMatch(picker.kind(), keys.hint(Action.SEND));
    var hints =
        (lines.isEmpty() ? "" : keys.hint(Action.SEND) + " " + Pickers.verb(picker.kind()) + "  ")
            + keys.hint(Action.CANCEL)
            + " closes";
    new ListBox(brush, Pickers.title(picker), picker.query(), lines, picker.chosen())
        .draw(otherwise, hints);
  }
}
