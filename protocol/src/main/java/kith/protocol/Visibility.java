package kith.protocol;

/// Public rooms are listed and joined freely; private ones are joined with an invitation or a
/// passcode.
public enum Visibility {
  PUBLIC,
  PRIVATE
}
