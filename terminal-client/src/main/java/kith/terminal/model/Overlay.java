package kith.terminal.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.model.Reading.Anchor;
import kith.terminal.plain.InputLine;

/// An overlay that covers the chat and receives the keys.
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

    /// Sends the pasted lines in the editor.
    ///
    /// @param messages the number of messages that they become
    record SendPaste(int lines, int messages, String first) implements Question {}

    /// Sends a text as a file that is too long for the editor.
    record SendText(String text) implements Question {}

    /// Sends the file whose path was pasted.
    ///
    /// @param replyTo the message that its message answers
    record SendFile(String room, OptionalLong replyTo, String path, String name, long size)
        implements Question {}

    /// Ends a contact for both users.
    record EndContact(String user) implements Question {}

    /// Takes a server out of the window.
    record RemoveServer(int seat, String name, long unsent) implements Question {}

    /// Marks all rooms as read.
    ///
    /// @param names those of the unread rooms
    record ReadAll(List<String> names) implements Question {}

    /// Runs a command.
    ///
    /// @param room the room in which it is given; empty without a room
    /// @param back the list from which it was chosen
    record Run(
        String prompt, String subject, InputLine line, String room, Optional<Picker.Kind> back)
        implements Question {}
  }

  /// The keys and commands that match the query, scrolled down by some rows.
  record Help(String query, int scrolled) implements Overlay {}

  /// Incremental search.
  ///
  /// @param anchor the scroll position before the search
  /// @param selected the selection before the search
  /// @param isUsed whether the user has typed or gone to a match since it was opened
  record Find(String query, Optional<Anchor> anchor, OptionalLong selected, boolean isUsed)
      implements Overlay {}

  /// Search in all rooms.
  record SearchAll(ServerSearch search) implements Overlay {}

  /// The words that Tab can insert, below the timeline.
  ///
  /// @param start the index of the word in the editor
  /// @param chosen the one that was inserted; -1 before the first
  /// @param isLive shown while the user types, without a key for it
  record Completions(int start, List<Choice> choices, int chosen, boolean isLive)
      implements Overlay {
    public Completions {
      choices = List.copyOf(choices);
    }

    /// @param name the text compared with the typed beginning
    /// @param text the inserted text
    /// @param label the listed text
    public record Choice(String name, String text, String label) {}
  }

  /// A picture.
  ///
  /// @param hasTrueColour whether the terminal has more than 256 colours
  record Preview(String name, Picture picture, boolean hasTrueColour) implements Overlay {}

  record Pick(Picker picker) implements Overlay {}

  /// Changes the password of the account.
  record ChangePassword(Form form) implements Overlay {}

  /// Contacts and requests.
  record ContactList(int chosen) implements Overlay {}

  /// Rooms, people, commands, settings and keys that match the query.
  ///
  /// @param rooms the public rooms; empty until they are loaded
  /// @param rules the settings that the server keeps; empty until they are loaded
  record Palette(String query, int chosen, List<Picker.Item> rooms, List<Picker.Item> rules)
      implements Overlay {
    public Palette {
      rooms = List.copyOf(rooms);
      rules = List.copyOf(rules);
    }

    public static Palette empty() {
      return new Palette("", 0, List.of(), List.of());
    }

    public Palette asking(String newQuery) {
      return new Palette(newQuery, 0, rooms, rules);
    }

    public Palette choosing(int index) {
      return new Palette(query, index, rooms, rules);
    }

    public Palette withRooms(List<Picker.Item> loaded) {
      return new Palette(query, chosen, loaded, rules);
    }

    public Palette withRules(List<Picker.Item> loaded) {
      return new Palette(query, chosen, rooms, loaded);
    }
  }
}
