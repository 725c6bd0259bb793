package kith.node.feature.lobby;

import java.util.Optional;
import kith.node.core.room.RoomNames;
import kith.node.platform.config.Section;

/// @param name with which the lobby is made; absent if new accounts join no room
public record LobbySettings(Optional<String> name) {
  private static final String KEY = "lobby";

  /// @param kith the section of all settings
  public static LobbySettings read(Section kith) {
    var name = kith.textOrNone(KEY);
    if (name.filter(it -> !RoomNames.isGood(it)).isPresent())
      throw kith.wrong(KEY, "must be a name that a room can have, or empty");
    return new LobbySettings(name);
  }
}
