package kith.terminal.plain;

import java.util.Locale;
import kith.protocol.rest.RoomAnswers.Member;
import kith.protocol.rest.RoomAnswers.Room;

/// Rooms and members as lines of text.
public final class RoomLines {
  private RoomLines() {}

  public static String own(Room room) {
    return "* " + text(room);
  }

  public static String other(Room room) {
    return "  " + text(room);
  }

  public static String member(Member member) {
    return Sanitizer.line(member.user()) + ", " + InputLine.ChangeRole.name(member.role());
  }

  /// The members, the passcode and the topic of a room.
  public static String summary(Room room) {
    return (room.members() == 1 ? "1 member" : room.members() + " members")
        + (room.passcode() ? ", passcode" : "")
        + (room.topic().isEmpty() ? "" : " — " + Sanitizer.line(room.topic()));
  }

  private static String text(Room room) {
    if (room.with().isPresent()) return Sanitizer.line(room.title()) + " (" + room.room() + ")";
    var topic = room.topic().isEmpty() ? "" : " — " + Sanitizer.line(room.topic());
    var members = room.members() == 1 ? " (1 member, " : " (" + room.members() + " members, ";
    var kind = room.visibility().name().toLowerCase(Locale.ROOT);
    var lock = room.passcode() ? ", passcode" : "";
    return Sanitizer.line(room.name()) + members + kind + lock + ", " + room.room() + ")" + topic;
  }

  /// Mentions the quotes, because a name with a space and without quotes is read as a name and a
  /// passcode.
  public static String madeWithPasscode(String name) {
    return "The room '"
        + Sanitizer.line(name)
        + "' needs a passcode to join. (A name with spaces needs \"quotes\".)";
  }
}
