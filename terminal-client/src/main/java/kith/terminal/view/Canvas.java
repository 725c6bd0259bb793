package kith.terminal.view;

import java.util.Arrays;
import java.util.Optional;
import kith.terminal.layout.Graphemes;
import kith.terminal.model.Picture;
import kith.terminal.model.Size;

/// The cells of a screen. Content that does not fit is cut off; a wide grapheme is never split.
public final class Canvas {
  private final Size size;
  private final Cell[][] rows;
  private Optional<Place> cursor = Optional.empty();

  private Optional<PlacedPicture> picture = Optional.empty();

  public record Place(int column, int row) {}

  /// A picture for terminals that can show it. The cells below it have it in half blocks, so all of
  /// them are written again when it goes.
  public record PlacedPicture(Picture picture, int column, int row, int columns, int rows) {}

  public Canvas(Size size) {
    this.size = size;
    rows = new Cell[size.rows()][size.columns()];
    for (var row : rows) Arrays.fill(row, Cell.BLANK);
  }

  public Size size() {
    return size;
  }

  public Cell at(int column, int row) {
    return rows[row][column];
  }

  /// The position of the terminal's cursor; absent when it is hidden.
  public Optional<Place> cursor() {
    return cursor;
  }

  public Optional<PlacedPicture> picture() {
    return picture;
  }

  void place(PlacedPicture newPicture) {
    picture = Optional.of(newPicture);
  }

  void cursorAt(int column, int row) {
    cursor = Optional.of(new Place(Math.clamp(column, 0, size.columns() - 1), row));
  }

  void noCursor() {
    cursor = Optional.empty();
  }

  /// @param end the first column that is not written
  /// @return the column after the text
  int put(int column, int row, int end, String text, CellStyle style) {
    int at = column;
    int stop = Math.min(end, size.columns());
    if (row < 0 || row >= size.rows()) return at;
    for (var grapheme : Graphemes.of(text)) {
      int width = Graphemes.width(grapheme);
      if (width == 0 || isControl(grapheme)) continue;
      if (at + width > stop) break;
      rows[row][at] = new Cell(grapheme, style);
      if (width == 2) rows[row][at + 1] = new Cell("", style);
      at += width;
    }
    return at;
  }

  /// Last check that no control character reaches the terminal.
  private static boolean isControl(String grapheme) {
    return grapheme.codePoints().anyMatch(Character::isISOControl);
  }

  void fill(int column, int row, int end, CellStyle style) {
    put(column, row, end, " ".repeat(Math.max(0, end - column)), style);
  }

  /// The text of one row, without trailing spaces.
  public String text(int row) {
    var text = new StringBuilder();
    for (var cell : rows[row]) text.append(cell.grapheme());
    return text.toString().stripTrailing();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int row = 0; row < size.rows(); row++) text.append(text(row)).append('\n');
    return text.toString();
  }
}
