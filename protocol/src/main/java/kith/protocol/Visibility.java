package kith.protocol;

/// Anyone can find and join a public room. Joining a private room requires an invitation or a
/// passcode. A direct room is the conversation of two users, and nobody can join it.
public enum Visibility {
  PUBLIC,
  PRIVATE,
  DIRECT
}
