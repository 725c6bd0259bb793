package kith.terminal.net;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers.Room;

/// Finds a room by its name or id.
public final class RoomFinder {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private final Rest rest;

  public RoomFinder(Rest rest) {
    this.rest = rest;
  }

  /// The rooms that the user is a member of.
  public List<Room> ownRooms() {
    return rest.account().rooms().stream().flatMap(id -> known(id).stream()).toList();
  }

  /// The user's own rooms take precedence over others, and ids over names. `@bob` is the
  /// conversation with Bob.
  public Optional<Room> find(String nameOrId) {
    if (nameOrId.startsWith("@")) return Optional.of(rest.conversation(nameOrId.substring(1)));
    var byId = ID.matcher(nameOrId).matches() ? known(nameOrId) : Optional.<Room>empty();
    if (byId.isPresent()) return byId;
    var open = publicRoom(nameOrId);
    if (open.isPresent() && open.get().role().isPresent()) return open;
    return Stream.concat(ownRooms().stream().filter(room -> isNamed(room, nameOrId)), open.stream())
        .findFirst();
  }

  /// The token of a bot may forbid reading the list.
  private Optional<Room> publicRoom(String name) {
    try {
      return rest.publicRoomNamed(name);
    } catch (Refused refused) {
      if (refused.is(Code.BOT_NOT_ALLOWED)) return Optional.empty();
      throw refused;
    }
  }

  private Optional<Room> known(String id) {
    try {
      return Optional.of(rest.room(id));
    } catch (Refused refused) {
      if (refused.is(Code.UNKNOWN_ROOM)
          || refused.is(Code.NOT_A_MEMBER)
          || refused.is(Code.BOT_NOT_ALLOWED)) return Optional.empty();
      throw refused;
    }
  }

  private static boolean isNamed(Room room, String name) {
    return folded(room.name()).equals(folded(name));
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
