package kith.node.feature.secondfactor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;

/// The second factor of an account. Its secret is in a table, under the id of the factor.
///
/// @param prepared waits for the first code of the app; absent if nothing is being set up
/// @param lastStep the time step of the newest code that was used: older codes are refused
/// @param recoveryHashes of the recovery codes that are left
public record SecondFactor(
    Optional<Prepared> prepared, Optional<Active> active, long lastStep, Set<String> recoveryHashes)
    implements PartState {

  record Prepared(String id, Instant at) {}

  record Active(String id, Instant since) {}

  static final PartKey<SecondFactor> KEY =
      new PartKey<>(
          "second-factor",
          SecondFactor.class,
          new SecondFactor(Optional.empty(), Optional.empty(), 0, Set.of()));

  public SecondFactor {
    recoveryHashes = Set.copyOf(recoveryHashes);
  }

  static SecondFactor of(AccountState state) {
    return state.part(KEY);
  }

  @Override
  public SecondFactor accountDeleted() {
    return KEY.none();
  }

  boolean isOn() {
    return active.isPresent();
  }

  /// The factor that a first code may confirm.
  Optional<String> confirmable(Duration time, Instant now) {
    return prepared.filter(it -> now.isBefore(it.at().plus(time))).map(Prepared::id);
  }

  /// The code of the app or the recovery code that a typed text uses up. Empty if it is wrong or
  /// was used before.
  ///
  /// @param secret absent if it cannot be read: recovery codes are accepted anyway
  Optional<SecondFactorEvent> use(String typed, Optional<byte[]> secret, Instant now) {
    var code = normal(typed);
    var step = secret.map(it -> Totp.step(it, code, lastStep, now));
    if (step.isPresent() && step.get().isPresent())
      return Optional.of(new SecondFactorEvent.CodeUsed(step.get().getAsLong()));
    var hash = RecoveryCodes.hash(code);
    return recoveryHashes.contains(hash)
        ? Optional.of(new SecondFactorEvent.RecoveryCodeUsed(hash))
        : Optional.empty();
  }

  /// Apps show codes in groups.
  static String normal(String typed) {
    return typed.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  SecondFactor with(SecondFactorEvent event) {
    return switch (event) {
      case SecondFactorEvent.Prepared(var id, var at) ->
          new SecondFactor(Optional.of(new Prepared(id, at)), active, lastStep, recoveryHashes);
      case SecondFactorEvent.TurnedOn(var id, var at, var step, var hashes) ->
          new SecondFactor(Optional.empty(), Optional.of(new Active(id, at)), step, hashes);
      case SecondFactorEvent.CodeUsed(var step) ->
          new SecondFactor(prepared, active, step, recoveryHashes);
      case SecondFactorEvent.RecoveryCodeUsed(var hash) -> {
        var left = new HashSet<>(recoveryHashes);
        left.remove(hash);
        yield new SecondFactor(prepared, active, lastStep, left);
      }
      case SecondFactorEvent.RecoveryCodesMade(var hashes) ->
          new SecondFactor(prepared, active, lastStep, hashes);
      case SecondFactorEvent.TurnedOff() -> KEY.none();
    };
  }
}
