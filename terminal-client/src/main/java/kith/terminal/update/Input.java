package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Habits;
import kith.terminal.model.Size;
import kith.terminal.net.NetEvent;

/// Everything that can happen to the full-screen client.
public sealed interface Input {

  /// A key by its name in the key table, such as `Alt-a` or `Enter`.
  record Key(String chord) implements Input {}

  /// A character that was typed, or several that were pasted.
  record Typed(String text) implements Input {}

  /// Counted from 0 at the top left.
  record Clicked(int column, int row) implements Input {}

  record Wheeled(boolean isUp) implements Input {}

  record Resized(Size size) implements Input {}

  record Net(NetEvent event) implements Input {}

  record Tick() implements Input {}

  /// Somebody is logged in; `left` are the posts of an earlier run without an answer.
  record LoggedIn(String user, List<ClientFrame.Post> left) implements Input {
    public LoggedIn {
      left = List.copyOf(left);
    }
  }

  /// What was arranged the last time.
  record Remembered(Habits habits) implements Input {}

  record NotLoggedIn(String code, String sentence) implements Input {}

  /// All rooms one is a member of.
  record MyRooms(List<Known> rooms) implements Input {
    public MyRooms {
      rooms = List.copyOf(rooms);
    }
  }

  /// @param read how far it was read before, on this machine
  record Known(RoomAnswers.Room room, long read) {}

  /// What is unread in a room, by a look at what came since.
  ///
  /// @param read how far it was read when this was asked
  /// @param end how far the room went then
  record Counted(String room, long read, long end, int unread, int mentions) implements Input {}

  /// A room one has just made or joined.
  record Entered(RoomAnswers.Room room) implements Input {}

  /// The conversation with somebody, and what is to be said there.
  record Talking(RoomAnswers.Room room, Optional<String> text) implements Input {}

  record Left(String room) implements Input {}

  record Members(String room, List<RoomAnswers.Member> members) implements Input {
    public Members {
      members = List.copyOf(members);
    }
  }

  /// An answer to show.
  record Said(List<String> lines, boolean isError) implements Input {
    public Said {
      lines = List.copyOf(lines);
    }
  }

  /// What the editor outside made of the draft.
  record EditedOutside(String text) implements Input {}

  record NotEdited(String why) implements Input {}

  /// Nothing can be typed any more.
  record Hangup() implements Input {}
}
