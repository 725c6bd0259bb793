package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.model.Reading.Anchor;

/// What lies over the chat and takes the keys.
public sealed interface Overlay {

  record None() implements Overlay {}

  /// The list of keys, scrolled down by some rows.
  record Help(int scrolled) implements Overlay {}

  /// Words that are looked for while they are typed.
  ///
  /// @param anchor where one looked before
  /// @param selected what was selected before
  record Find(String query, Optional<Anchor> anchor, OptionalLong selected) implements Overlay {}

  /// Rooms and commands, narrowed by what is typed.
  record Palette(String query, int chosen) implements Overlay {}
}
