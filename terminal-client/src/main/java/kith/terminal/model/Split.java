package kith.terminal.model;

/// Two rooms on the screen: the current one, which has the focus, and another.
///
/// @param other the room without the focus
/// @param isBeside side by side; otherwise one above the other
/// @param isFirst the current room is on the left or above
public record Split(String other, boolean isBeside, boolean isFirst) {

  /// The focus moves to the other half, and this room loses it.
  public Split swapped(String room) {
    return new Split(room, isBeside, !isFirst);
  }

  public Split beside(boolean is) {
    return new Split(other, is, isFirst);
  }
}
