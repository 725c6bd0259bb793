package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.model.Reading.Anchor;

/// What covers the chat and receives the keys.
public sealed interface Overlay {

  record None() implements Overlay {}

  /// Letters act on the selected message.
  record MessageMenu() implements Overlay {}

  /// A question: Enter confirms, Escape cancels.
  record Confirm(Question question) implements Overlay {}

  /// An action that needs a confirmation, because it cannot be undone.
  sealed interface Question {
    /// @param text the message, shown in the question
    record RemoveMessage(String room, long seq, String text) implements Question {}

    record DropPost(String room, String id, String text) implements Question {}

    /// Ends a contact for both users.
    record EndContact(String user) implements Question {}
  }

  /// The list of keys, scrolled down by some rows.
  record Help(int scrolled) implements Overlay {}

  /// Incremental search.
  ///
  /// @param anchor the scroll position before the search
  /// @param selected the selection before the search
  record Find(String query, Optional<Anchor> anchor, OptionalLong selected) implements Overlay {}

  /// Contacts and requests.
  record ContactList(int chosen) implements Overlay {}

  /// Rooms and commands that match the query.
  record Palette(String query, int chosen) implements Overlay {}
}
