package kith.terminal.view;

import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.update.CommandPalette;

/// Rooms, people, commands and keys that match the query.
final class PaletteView {
  private PaletteView() {}

  static void draw(Brush brush, Model model, Overlay.Palette palette) {
    var lines =
        CommandPalette.choices(model, palette).stream()
            .map(it -> new ListBox.Line(it.label(), it.detail(), it.key()))
            .toList();
    new ListBox(brush, "Go to", palette.query(), lines, palette.chosen()).draw("No match.", "");
  }
}
