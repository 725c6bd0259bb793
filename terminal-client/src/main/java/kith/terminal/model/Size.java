package kith.terminal.model;

public record Size(int columns, int rows) {
  public static final Size LEAST = new Size(40, 10);

  public boolean isTooSmall() {
    return columns < LEAST.columns || rows < LEAST.rows;
  }
}
