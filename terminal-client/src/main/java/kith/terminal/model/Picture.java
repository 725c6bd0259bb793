package kith.terminal.model;

/// The pixels of a small picture.
public final class Picture {
  private final int width;
  private final int[] pixels;

  /// @param pixels red, green and blue in 8 bits each, row after row
  public Picture(int width, int[] pixels) {
    if (width <= 0 || pixels.length == 0 || pixels.length % width != 0)
      throw new IllegalArgumentException("A picture has whole rows.");
    this.width = width;
    this.pixels = pixels.clone();
  }

  public int width() {
    return width;
  }

  public int height() {
    return pixels.length / width;
  }

  public int rgb(int column, int row) {
    return pixels[row * width + column];
  }

  /// The picture in another size: the mean of the pixels that become one, or a pixel repeated.
  public Picture scaled(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height()) return this;
    var scaled = new int[newWidth * newHeight];
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++)
        scaled[row * newWidth + column] = mean(column, newWidth, row, newHeight);
    }
    return new Picture(newWidth, scaled);
  }

  private int mean(int column, int columns, int row, int rows) {
    int left = column * width / columns;
    int right = Math.max(left + 1, (column + 1) * width / columns);
    int top = row * height() / rows;
    int bottom = Math.max(top + 1, (row + 1) * height() / rows);
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int rgb = rgb(x, y);
        red += rgb >> 16 & 0xFF;
        green += rgb >> 8 & 0xFF;
        blue += rgb & 0xFF;
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return (int) (((red / count) << 16) | ((green / count) << 8) | (blue / count));
  }
}
