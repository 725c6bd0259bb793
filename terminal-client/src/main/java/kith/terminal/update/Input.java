package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Preferences;
import kith.terminal.model.Size;
import kith.terminal.net.SessionEvent;

/// Everything that can happen to the full-screen client.
public sealed interface Input {

  /// Whether the terminal told it. Who reads from there waits until it is handled.
  default boolean isFromTerminal() {
    return isUserActivity() || this instanceof Focused;
  }

  /// Whether somebody's hand made it.
  default boolean isUserActivity() {
    return this instanceof Key
        || this instanceof Typed
        || this instanceof Clicked
        || this instanceof Wheeled;
  }

  /// A key by its name in the key table, such as `Alt-a` or `Enter`.
  record Key(String chord) implements Input {}

  /// A character that was typed, or several that were pasted.
  record Typed(String text) implements Input {}

  /// Counted from 0 at the top left.
  record Clicked(int column, int row) implements Input {}

  record Wheeled(boolean isUp) implements Input {}

  /// Whether the terminal has the keyboard, if it tells.
  record Focused(boolean is) implements Input {}

  record Resized(Size size) implements Input {}

  record Net(SessionEvent event) implements Input {}

  record Tick() implements Input {}

  /// Somebody is logged in; `left` are the posts of an earlier run without an answer.
  record LoggedIn(String user, List<ClientFrame.Post> left) implements Input {
    public LoggedIn {
      left = List.copyOf(left);
    }
  }

  /// What was arranged the last time.
  record PreferencesLoaded(Preferences preferences) implements Input {}

  record NotLoggedIn(String code, String sentence) implements Input {}

  /// What the list of rooms does not tell of a room.
  record Described(RoomAnswers.Room room) implements Input {}

  /// A room one has just made or joined.
  record Entered(RoomAnswers.Room room) implements Input {}

  /// The conversation with somebody, and what is to be said there.
  record ConversationOpened(RoomAnswers.Room room, Optional<String> text) implements Input {}

  record Left(String room) implements Input {}

  record Members(String room, List<RoomAnswers.Member> members) implements Input {
    public Members {
      members = List.copyOf(members);
    }
  }

  /// An answer to show.
  record Answer(List<String> lines, boolean isError) implements Input {
    public Answer {
      lines = List.copyOf(lines);
    }
  }

  /// What the editor outside made of the step.
  record EditedExternally(String text) implements Input {}

  record NotEdited(String why) implements Input {}

  /// Nothing can be typed any more.
  record Hangup() implements Input {}
}
