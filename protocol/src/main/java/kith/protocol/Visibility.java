package kith.protocol;

/// Public rooms are listed and joined freely; private ones are joined with an invitation or a
/// passcode. A direct one is the conversation of two people, and nobody joins it.
public enum Visibility {
  PUBLIC,
  PRIVATE,
  DIRECT
}
