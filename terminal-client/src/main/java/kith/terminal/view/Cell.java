package kith.terminal.view;

/// One column of one row: a grapheme, or nothing if the cell to the left is two columns wide.
public record Cell(String grapheme, CellStyle style) {
  static final Cell BLANK = new Cell(" ", CellStyle.DEFAULT);

  public boolean isHidden() {
    return grapheme.isEmpty();
  }
}
