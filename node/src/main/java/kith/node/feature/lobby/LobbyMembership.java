package kith.node.feature.lobby;

import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;

/// Whether an account is to join the lobby.
record LobbyMembership(Standing standing) implements PartState {
  enum Standing {
    /// The account is older than the lobby, or signed up without one.
    NONE,

    /// The account has signed up and is to become a member.
    WANTED,

    /// The account has joined, or the lobby has refused it. It is not asked again.
    SETTLED
  }

  record LobbyChanged(Standing standing) implements AccountEvent.PartEvent<LobbyMembership> {
    @Override
    public PartKey<LobbyMembership> part() {
      return KEY;
    }

    @Override
    public LobbyMembership applyTo(LobbyMembership before) {
      return new LobbyMembership(standing);
    }
  }

  static final PartKey<LobbyMembership> KEY =
      new PartKey<>("lobby", LobbyMembership.class, new LobbyMembership(Standing.NONE));

  static LobbyMembership of(AccountState state) {
    return state.part(KEY);
  }

  @Override
  public LobbyMembership accountDeleted() {
    return KEY.none();
  }
}
