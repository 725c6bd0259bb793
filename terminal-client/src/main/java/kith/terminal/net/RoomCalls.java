package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomAnswers.Room;
import kith.protocol.rest.RoomRequests;

/// The room operations of people, as REST calls.
public record RoomCalls(Rest rest, RoomFinder finder) {

  public static RoomCalls of(Rest rest) {
    return new RoomCalls(rest, new RoomFinder(rest));
  }

  public Room create(
      String name,
      Optional<String> topic,
      boolean hidden,
      Optional<String> passcode,
      OptionalInt capacity) {
    return rest.createRoom(
        new RoomRequests.CreateRoom(
            name,
            topic,
            Optional.of(hidden ? Visibility.PRIVATE : Visibility.PUBLIC),
            passcode,
            capacity,
            Optional.empty(),
            Optional.empty()));
  }

  /// @param what a name, an id or an invitation
  public Room join(String what, Optional<String> passcode) {
    var found = finder.find(what).map(Room::room);
    if (found.isPresent()) {
      return rest.join(found.get(), new RoomRequests.JoinRoom(passcode, Optional.empty()));
    }
    try {
      return rest.accept(what);
    } catch (Refused refused) {
      if (!refused.is(Code.UNKNOWN_INVITATION)) throw refused;
      throw new Refused(
          404,
          Code.UNKNOWN_ROOM.wire(),
          "There is no room or invitation '" + what + "' that is visible to you.",
          OptionalLong.empty());
    }
  }

  /// As `join`; if the moderators of the room approve who joins, sends them a request.
  ///
  /// @return the room; absent if a request was sent
  public Optional<Room> joinOrAsk(String what, Optional<String> passcode) {
    try {
      return Optional.of(join(what, passcode));
    } catch (Refused refused) {
      if (!refused.is(Code.APPROVAL_REQUIRED)) throw refused;
      rest.askToJoin(find(what).room(), Optional.empty());
      return Optional.empty();
    }
  }

  /// @param what a name or an id
  public Room find(String what) {
    return finder
        .find(what)
        .orElseThrow(() ->
            new Refused(
                404,
                Code.UNKNOWN_ROOM.wire(),
                "There is no room '" + what + "' that is visible to you.",
                OptionalLong.empty()));
  }

  public RoomAnswers.RoomPage publicRooms() {
    return rest.publicRooms(
        Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(50));
  }
}
