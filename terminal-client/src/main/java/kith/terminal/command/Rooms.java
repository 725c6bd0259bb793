package kith.terminal.command;

import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.net.Refused;
import kith.terminal.net.RoomFinder;
import kith.terminal.profile.Access;

/// The room that a command names, of which one must be a member already.
final class Rooms {
  private Rooms() {}

  static Room own(Access access, String nameOrId) {
    var found = new RoomFinder(access.rest()).find(nameOrId);
    if (found.isEmpty()) {
      throw refused(Code.UNKNOWN_ROOM, "There is no room '" + nameOrId + "' that you may know of.");
    }
    if (found.get().role().isEmpty()) {
      throw refused(
          Code.NOT_A_MEMBER,
          "You are not in '" + nameOrId + "'. Join it first, in ./kith chat: /join " + nameOrId);
    }
    return found.get();
  }

  private static Refused refused(Code code, String sentence) {
    return new Refused(404, code.wire(), sentence, OptionalLong.empty());
  }
}
