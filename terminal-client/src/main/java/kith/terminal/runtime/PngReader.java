package kith.terminal.runtime;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import kith.terminal.model.Picture;

/// Reads the PNGs that a node makes for terminals: 8 bits for red, green, blue and perhaps alpha,
/// not interlaced, small. Anything else is refused.
final class PngReader {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int HEADER = 0x49484452;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454E44;
  private static final int MAX_PIXELS = 1024;

  private final int width;
  private final int height;
  private final int channels;
  private final byte[] rows;

  private PngReader(int width, int height, int channels) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    // each row begins with the number of its filter
    rows = new byte[height * (1 + width * channels)];
  }

  static Picture read(byte[] png) throws IOException {
    try {
      return read(ByteBuffer.wrap(png));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | DataFormatException damaged) {
      throw new IOException("The picture is damaged.", damaged);
    }
  }

  private static Picture read(ByteBuffer png) throws IOException, DataFormatException {
    if (png.getLong() != SIGNATURE || png.getInt() != 13 || png.getInt() != HEADER)
      throw new IOException("This is not a PNG.");
    int width = png.getInt();
    int height = png.getInt();
    int depth = png.get();
    int kind = png.get();
    // compression and filters have one method each
    png.getShort();
    boolean isInterlaced = png.get() != 0;
    png.getInt();
    if (width < 1 || width > MAX_PIXELS || height < 1 || height > MAX_PIXELS)
      throw new IOException("The picture has too many pixels.");
    if (depth != 8 || (kind != 2 && kind != 6) || isInterlaced)
      throw new IOException("This form of PNG is not known.");
    var reader = new PngReader(width, height, kind == 2 ? 3 : 4);
    reader.inflate(png);
    return reader.picture();
  }

  private void inflate(ByteBuffer png) throws DataFormatException {
    try (var inflater = new Inflater()) {
      int filled = 0;
      while (true) {
        int length = png.getInt();
        int kind = png.getInt();
        if (kind == END) break;
        var chunk = png.slice(png.position(), length);
        png.position(png.position() + length + Integer.BYTES);
        if (kind != DATA) continue;
        inflater.setInput(chunk);
        while (filled < rows.length && !inflater.needsInput() && !inflater.finished())
          filled += inflater.inflate(rows, filled, rows.length - filled);
      }
      if (filled < rows.length) throw new DataFormatException("too short");
    }
  }

  private Picture picture() throws IOException {
    int stride = 1 + width * channels;
    var pixels = new int[width * height];
    for (int row = 0; row < height; row++) {
      unfilter(row * stride, stride, row > 0);
      for (int column = 0; column < width; column++) {
        int at = row * stride + 1 + column * channels;
        pixels[row * width + column] = rgb(at);
      }
    }
    return new Picture(width, pixels);
  }

  /// Transparent parts become black.
  private int rgb(int at) {
    int alpha = channels == 4 ? rows[at + 3] & 0xFF : 0xFF;
    int red = (rows[at] & 0xFF) * alpha / 0xFF;
    int green = (rows[at + 1] & 0xFF) * alpha / 0xFF;
    int blue = (rows[at + 2] & 0xFF) * alpha / 0xFF;
    return red << 16 | green << 8 | blue;
  }

  private void unfilter(int start, int stride, boolean hasAbove) throws IOException {
    int filter = rows[start];
    if (filter < 0 || filter > 4) throw new IOException("The picture is damaged.");
    for (int at = start + 1; at < start + stride; at++) {
      int left = at - channels > start ? rows[at - channels] & 0xFF : 0;
      int above = hasAbove ? rows[at - stride] & 0xFF : 0;
      int corner = hasAbove && at - channels > start ? rows[at - stride - channels] & 0xFF : 0;
      rows[at] +=
          (byte)
              switch (filter) {
                case 1 -> left;
                case 2 -> above;
                case 3 -> (left + above) / 2;
                case 4 -> paeth(left, above, corner);
                default -> 0;
              };
    }
  }

  private static int paeth(int left, int above, int corner) {
    int guess = left + above - corner;
    int byLeft = Math.abs(guess - left);
    int byAbove = Math.abs(guess - above);
    int byCorner = Math.abs(guess - corner);
    if (byLeft <= byAbove && byLeft <= byCorner) return left;
    return byAbove <= byCorner ? above : corner;
  }
}
