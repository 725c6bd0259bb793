package kith.terminal.update;

import kith.protocol.frame.ClientFrame;
import kith.terminal.config.Conf;
import kith.terminal.model.Habits;
import kith.terminal.plain.Line;

/// What is wanted from outside. Requests are carried out in order.
public sealed interface Request {

  /// What is said on the socket.
  sealed interface OfConnection extends Request {}

  /// What the server's REST side is asked.
  sealed interface OfServer extends Request {}

  record LogIn(String server, String user, String password, boolean isNew) implements Request {
    /// Never the password.
    @Override
    public String toString() {
      return "LogIn[" + server + ", " + user + "]";
    }
  }

  record Post(ClientFrame.Post post) implements OfConnection {}

  record History(ClientFrame.History question) implements OfConnection {}

  record Open(String room, long after) implements OfConnection {}

  record Close(String room) implements OfConnection {}

  /// What the list of rooms does not tell of a room: its topic and its members.
  record LoadRoom(String room) implements OfServer {}

  record LoadMembers(String room) implements OfServer {}

  /// A command that the server's REST side carries out.
  ///
  /// @param room the current one, empty when there is none
  record Ask(Line line, String room) implements OfServer {}

  record Read(String room, long seq) implements OfConnection {}

  /// Back to where reading is to begin again.
  record Unread(String room, long seq) implements OfConnection {}

  record Watch(ClientFrame.Watch whom) implements OfConnection {}

  record Typing(String room) implements OfConnection {}

  record CountReceipts(String room, long seq) implements OfConnection {}

  record Idle(boolean is) implements OfConnection {}

  record Mute(String room, boolean is) implements OfServer {}

  /// Somebody should look here.
  record Notify(Conf.How how, String title, String text) implements Request {}

  /// Whether clicks and the wheel come to us.
  record Mouse(boolean isOurs) implements Request {}

  record KeepHabits(Habits habits) implements Request {}

  /// Draw every cell anew.
  record Redraw() implements Request {}

  /// Let the editor of the environment have the terminal and this text.
  record EditOutside(String text) implements Request {}

  /// Show it in whatever shows links here.
  record OpenLink(String link) implements Request {}

  /// Onto the clipboard.
  record Copy(String text) implements Request {}

  record Title(String text) implements Request {}

  /// Try to connect now, whatever the back-off says.
  record Wake() implements OfConnection {}
}
