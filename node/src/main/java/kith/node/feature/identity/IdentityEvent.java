package kith.node.feature.identity;

import java.time.Instant;
import java.util.Optional;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartKey;
import kith.protocol.ServerRole;

/// The events of an account's identities.
sealed interface IdentityEvent extends AccountEvent.PartEvent<Identities> {

  record Linked(String provider, String issuer, String subject, Instant at)
      implements IdentityEvent {}

  record Unlinked(String provider) implements IdentityEvent {}

  /// The groups at the provider give another role, or none any more.
  record RoleGiven(Optional<ServerRole> role) implements IdentityEvent {}

  @Override
  default PartKey<Identities> part() {
    return Identities.KEY;
  }

  @Override
  default Identities applyTo(Identities identities) {
    return identities.with(this);
  }
}
