package kith.node.feature.secondfactor;

import java.time.Instant;
import java.util.Set;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartKey;

/// The events of an account's second factor.
sealed interface SecondFactorEvent extends AccountEvent.PartEvent<SecondFactor> {

  /// The user has got a secret, and confirms it with a first code.
  record Prepared(String id, Instant at) implements SecondFactorEvent {}

  /// @param step the time step of the code that confirmed it
  record TurnedOn(String id, Instant at, long step, Set<String> recoveryHashes)
      implements SecondFactorEvent {
    public TurnedOn {
      recoveryHashes = Set.copyOf(recoveryHashes);
    }
  }

  record CodeUsed(long step) implements SecondFactorEvent {}

  record RecoveryCodeUsed(String codeHash) implements SecondFactorEvent {}

  /// New recovery codes replace all earlier ones.
  record RecoveryCodesMade(Set<String> recoveryHashes) implements SecondFactorEvent {
    public RecoveryCodesMade {
      recoveryHashes = Set.copyOf(recoveryHashes);
    }
  }

  record TurnedOff() implements SecondFactorEvent {}

  @Override
  default PartKey<SecondFactor> part() {
    return SecondFactor.KEY;
  }

  @Override
  default SecondFactor applyTo(SecondFactor factor) {
    return factor.with(this);
  }
}
