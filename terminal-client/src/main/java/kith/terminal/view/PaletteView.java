package kith.terminal.view;

import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.update.CommandPalette;

/// The rooms and commands that match the query.
final class PaletteView {
  private PaletteView() {}

  static void draw(Brush brush, Model model, Overlay.Palette palette) {
    var lines =
        CommandPalette.choices(model, palette.query()).stream()
            .map(choice -> new ListBox.Line(choice.label(), choice.detail()))
            .toList();
    new ListBox(brush, "Go to", palette.query(), lines, palette.chosen()).draw("No match.", "");
  }
}
