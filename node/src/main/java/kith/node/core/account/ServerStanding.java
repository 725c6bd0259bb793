package kith.node.core.account;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.ServerRole;

/// The administrators' decisions about an account.
///
/// @param disabled nobody can use the account; its data is kept
/// @param reset lets its user set a new password
record ServerStanding(ServerRole role, boolean disabled, Optional<ResetCode> reset) {

  /// @param hash of the code, which has 100 random bits, so a fast hash is enough
  record ResetCode(String hash, Instant expires) {
    boolean isUsable(Instant now) {
      return now.isBefore(expires);
    }
  }

  static final ServerStanding USUAL =
      new ServerStanding(ServerRole.MEMBER, false, Optional.empty());

  ServerStanding with(ServerRole role) {
    return new ServerStanding(role, disabled, reset);
  }

  ServerStanding disabled(boolean disabled) {
    return new ServerStanding(role, disabled, reset);
  }

  ServerStanding with(Optional<ResetCode> reset) {
    return new ServerStanding(role, disabled, reset);
  }
}
