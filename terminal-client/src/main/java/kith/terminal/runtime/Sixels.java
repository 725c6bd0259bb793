package kith.terminal.runtime;

import java.util.Arrays;
import kith.terminal.model.Picture;
import kith.terminal.runtime.TerminalGraphics.CellSize;
import kith.terminal.view.Canvas.PlacedPicture;

/// Pictures as sixels: bands of six rows of pixels, with one line of characters for each colour of
/// a band.
final class Sixels {
  /// Six steps each of red, green and blue, for terminals that have 256 colours.
  private static final int STEPS = 6;

  private static final int COLOURS = STEPS * STEPS * STEPS;
  private static final int BAND = 6;
  private static final int SHORTEST_RUN = 4;

  private Sixels() {}

  /// Fills the cells, but for up to five rows of pixels at the bottom: a band that begins in the
  /// last cell would reach into the next one.
  static String of(PlacedPicture placed, CellSize cell) {
    int width = placed.columns() * cell.width();
    int height = Math.max(BAND, placed.rows() * cell.height() / BAND * BAND);
    var picture = placed.picture();
    var small =
        picture.scaled(Math.min(width, picture.width()), Math.min(height, picture.height()));
    return encoded(dithered(small), small, width, height);
  }

  private static String encoded(byte[] colours, Picture small, int width, int height) {
    var out = new StringBuilder();
    out.append("\u001bP0;1;0q\"1;1;").append(width).append(';').append(height);
    for (int colour = 0; colour < COLOURS; colour++) {
      out.append('#').append(colour).append(";2;");
      out.append(percent(colour / STEPS / STEPS)).append(';');
      out.append(percent(colour / STEPS % STEPS)).append(';').append(percent(colour % STEPS));
    }
    for (int top = 0; top < height; top += BAND) {
      band(out, colours, small, width, height, top);
      out.append('-');
    }
    return out.append("\u001b\\").toString();
  }

  private static int percent(int step) {
    return step * 100 / (STEPS - 1);
  }

  private static void band(
      StringBuilder out, byte[] colours, Picture small, int width, int height, int top) {
    // the pixels of each colour as bits, made when a colour occurs
    var bits = new byte[COLOURS][];
    for (int row = 0; row < BAND; row++) {
      int y = (top + row) * small.height() / height;
      for (int column = 0; column < width; column++) {
        int x = column * small.width() / width;
        int colour = colours[y * small.width() + x] & 0xFF;
        if (bits[colour] == null) bits[colour] = new byte[width];
        bits[colour][column] |= (byte) (1 << row);
      }
    }
    for (int colour = 0; colour < COLOURS; colour++) {
      if (bits[colour] == null) continue;
      out.append('#').append(colour);
      line(out, bits[colour]);
      out.append('$');
    }
  }

  private static void line(StringBuilder out, byte[] bits) {
    int end = bits.length;
    while (end > 0 && bits[end - 1] == 0) end--;
    int from = 0;
    while (from < end) {
      int to = from + 1;
      while (to < end && bits[to] == bits[from]) to++;
      char sixel = (char) ('?' + bits[from]);
      if (to - from < SHORTEST_RUN) out.repeat(sixel, to - from);
      else out.append('!').append(to - from).append(sixel);
      from = to;
    }
  }

  /// The colour of each pixel. The error of a pixel goes to its neighbours (Floyd and Steinberg).
  private static byte[] dithered(Picture picture) {
    int width = picture.width();
    var colours = new byte[width * picture.height()];
    var here = new int[3 * (width + 2)];
    var below = new int[3 * (width + 2)];
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < width; column++) {
        int rgb = picture.rgb(column, row);
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
          int at = 3 * (column + 1) + channel;
          int wanted = ((rgb >> (16 - 8 * channel)) & 0xFF) + here[at] / 16;
          int step = Math.clamp(Math.round(wanted * (STEPS - 1) / 255f), 0, STEPS - 1);
          int error = wanted - step * 255 / (STEPS - 1);
          here[at + 3] += 7 * error;
          below[at - 3] += 3 * error;
          below[at] += 5 * error;
          below[at + 3] += error;
          colour = colour * STEPS + step;
        }
        colours[row * width + column] = (byte) colour;
      }
      var done = here;
      here = below;
      below = done;
      Arrays.fill(below, 0);
    }
    return colours;
  }
}
