package kith.terminal.model;

public record Size(int columns, int rows) {
  public static final Size MIN = new Size(40, 10);

  public boolean isTooSmall() {
    return columns < MIN.columns || rows < MIN.rows;
  }
}
