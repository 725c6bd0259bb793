package kith.node.feature.lobby;

import java.util.List;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;

/// One of each stored type of the lobby. The bytes of a release do not change.
public final class LobbyExamples {
  private LobbyExamples() {}

  public static List<AccountEvent> events() {
    return List.of(new LobbyMembership.LobbyChanged(LobbyMembership.Standing.WANTED));
  }

  public static PartState state() {
    return new LobbyMembership(LobbyMembership.Standing.SETTLED);
  }
}
