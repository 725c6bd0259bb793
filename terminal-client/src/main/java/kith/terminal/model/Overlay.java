package kith.terminal.model;

/// What lies over the chat and takes the keys.
public sealed interface Overlay {

  record None() implements Overlay {}

  /// The list of keys, scrolled down by some rows.
  record Help(int scrolled) implements Overlay {}

  /// Rooms and commands, narrowed by what is typed.
  record Palette(String query, int chosen) implements Overlay {}
}
