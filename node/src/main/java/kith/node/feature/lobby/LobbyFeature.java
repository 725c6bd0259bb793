package kith.node.feature.lobby;

import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.room.Rooms;
import kith.node.feature.Feature;

/// New accounts join the lobby.
public final class LobbyFeature implements Feature {
  private final LobbySettings settings;

  public LobbyFeature(LobbySettings settings) {
    this.settings = settings;
  }

  /// Clients need not know: the lobby is a room like any other.
  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountLobby.part(memberships, settings));
  }
}
