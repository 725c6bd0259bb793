package kith.node.feature.presence;

import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;
import kith.protocol.Status;

/// The status that an account has chosen for all its devices.
///
/// @param status `ONLINE` if none is chosen
public record ChosenStatus(Status status) implements PartState {
  static final PartKey<ChosenStatus> KEY =
      new PartKey<>("status", ChosenStatus.class, new ChosenStatus(Status.ONLINE));

  public static ChosenStatus of(AccountState state) {
    return state.part(KEY);
  }

  public boolean isInvisible() {
    return status == Status.INVISIBLE;
  }

  @Override
  public ChosenStatus accountDeleted() {
    return KEY.none();
  }
}
