package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.model.Reading.Anchor;

/// What lies over the chat and takes the keys.
public sealed interface Overlay {

  record None() implements Overlay {}

  /// Letters act on the selected message.
  record MessageMenu() implements Overlay {}

  /// A question: Enter says yes, Escape no.
  record Confirm(Question question) implements Overlay {}

  /// What is asked about before it is done, because it cannot be undone.
  sealed interface Question {
    /// @param words so that one sees what it is about
    record RemoveMessage(String room, long seq, String text) implements Question {}

    record DropPost(String room, String id, String text) implements Question {}

    /// Somebody is to be a contact no longer.
    record EndContact(String user) implements Question {}
  }

  /// The list of keys, scrolled down by some rows.
  record Help(int scrolled) implements Overlay {}

  /// Words that are looked for while they are typed.
  ///
  /// @param anchor where one looked before
  /// @param selected what was selected before
  record Find(String query, Optional<Anchor> anchor, OptionalLong selected) implements Overlay {}

  /// Contacts and requests.
  record ContactList(int chosen) implements Overlay {}

  /// Rooms and commands, narrowed by what is typed.
  record Palette(String query, int chosen) implements Overlay {}
}
