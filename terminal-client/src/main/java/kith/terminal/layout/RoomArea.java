package kith.terminal.layout;

/// The part of the screen that shows a room: its title, and its timeline below.
///
/// @param top the row of the title
/// @param rows of the timeline
public record RoomArea(int left, int top, int columns, int rows) {

  /// The row of the screen of the first row of the timeline.
  public int firstRow() {
    return top + 1;
  }

  /// Whether the title or the timeline is at this place.
  public boolean contains(int column, int row) {
    return column >= left && column < left + columns && row >= top && row <= top + rows;
  }
}
