package kith.terminal.command;

import java.util.OptionalLong;
import java.util.function.Supplier;
import kith.protocol.Code;
import kith.protocol.Program;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.net.Refused;
import kith.terminal.net.RoomFinder;
import kith.terminal.profile.Access;

/// Finds the room that a command names. The user must be a member.
final class RoomLookup {
  private RoomLookup() {}

  static Room own(Access access, String nameOrId) {
    var found = new RoomFinder(access.rest()).find(nameOrId).orElseThrow(unknown(nameOrId));
    if (found.role().isEmpty()) {
      throw refused(
          Code.NOT_A_MEMBER,
          "You are not in '"
              + nameOrId
              + "'. Join it first: "
              + Program.NAME
              + " join "
              + nameOrId);
    }
    return found;
  }

  static Supplier<Refused> unknown(String nameOrId) {
    return () ->
        refused(Code.UNKNOWN_ROOM, "There is no room '" + nameOrId + "' that is visible to you.");
  }

  private static Refused refused(Code code, String sentence) {
    return new Refused(404, code.wire(), sentence, OptionalLong.empty());
  }
}
