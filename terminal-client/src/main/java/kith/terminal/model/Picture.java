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
}
