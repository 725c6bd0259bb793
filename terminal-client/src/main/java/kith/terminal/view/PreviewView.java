package kith.terminal.view;

import com.googlecode.lanterna.TextColor;
import java.util.Set;
import kith.terminal.keys.Action;
import kith.terminal.layout.HalfBlocks;
import kith.terminal.layout.HalfBlocks.Block;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.plain.Sanitizer;
import kith.terminal.view.Canvas.PlacedPicture;

/// A picture over the chat.
final class PreviewView {
  private static final String UPPER_HALF = "▀";

  /// The most cells of a picture: more would need too many pixels in terminals that show real
  /// pictures.
  private static final int MAX_COLUMNS = 160;

  private static final int MAX_ROWS = 48;

  private PreviewView() {}

  static void draw(Brush brush, Model model, Overlay.Preview preview) {
    var panes = Panes.of(model);
    int columns = panes.columns() - 4;
    var rows =
        HalfBlocks.of(
            preview.picture(),
            Math.min(MAX_COLUMNS, columns - 2),
            Math.min(MAX_ROWS, panes.statusRow() - 2));
    var name = Sanitizer.line(preview.name());
    var close = model.settings().keys().hint(Action.CANCEL) + " closes";
    int width = Math.min(columns, Math.max(name.length() + 6, rows.getFirst().size() + 2));
    int left = (panes.columns() - width) / 2;
    int top = Math.max(0, (panes.statusRow() - rows.size() - 2) / 2);
    brush.box(left, top, width, rows.size() + 2, name);
    int at = left + (width - rows.getFirst().size()) / 2;
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        var style = style(rows.get(row).get(column), preview.hasTrueColour());
        brush.canvas().put(at + column, top + 1 + row, at + column + 1, UPPER_HALF, style);
      }
    }
    brush
        .canvas()
        .place(
            new PlacedPicture(preview.picture(), at, top + 1, rows.getFirst().size(), rows.size()));
    brush.bar(0, panes.statusRow(), panes.columns(), " " + name + "  " + close, Tone.BAR);
    brush.canvas().noCursor();
  }

  private static CellStyle style(Block block, boolean hasTrueColour) {
    return new CellStyle(
        colour(block.upper(), hasTrueColour), colour(block.lower(), hasTrueColour), Set.of());
  }

  private static TextColor colour(int rgb, boolean hasTrueColour) {
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    return hasTrueColour
        ? new TextColor.RGB(red, green, blue)
        : TextColor.Indexed.fromRGB(red, green, blue);
  }
}
