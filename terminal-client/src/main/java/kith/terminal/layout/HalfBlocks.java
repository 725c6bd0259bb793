package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Picture;

/// A picture in the cells of a terminal. Each cell is `▀`, with one colour for its upper half and
/// another for its lower half.
public final class HalfBlocks {

  /// The colours of one cell, red, green and blue in 8 bits each.
  public record Block(int upper, int lower) {}

  private HalfBlocks() {}

  /// The rows of a picture that fills the width or the height and keeps its shape: a cell is about
  /// twice as high as wide. A picture is not made larger.
  public static List<List<Block>> of(Picture picture, int columns, int rows) {
    if (columns <= 0 || rows <= 0) return List.of();
    var scale =
        Math.min(1.0, Math.min(columns / (double) picture.width(), 2.0 * rows / picture.height()));
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.clamp((int) Math.ceil(picture.height() * scale / 2), 1, rows);
    var halves = picture.scaled(width, 2 * height);
    var all = new ArrayList<List<Block>>();
    for (int row = 0; row < height; row++) {
      var blocks = new ArrayList<Block>();
      for (int column = 0; column < width; column++)
        blocks.add(new Block(halves.rgb(column, 2 * row), halves.rgb(column, 2 * row + 1)));
      all.add(List.copyOf(blocks));
    }
    return List.copyOf(all);
  }
}
