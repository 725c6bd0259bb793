package kith.node.feature.administration;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import kith.node.core.account.AccountState;
import kith.protocol.ServerRole;

/// An account in the list of accounts.
///
/// @param exists false after the account was deleted: its row is deleted
/// @param lastUsed the day on which a device was last given tokens; the time of day would mean a
///   write for each refresh
/// @param seq the account's last event at that time
public record AccountRow(
    boolean exists,
    Optional<String> displayName,
    Optional<String> email,
    ServerRole role,
    boolean disabled,
    Instant created,
    Optional<LocalDate> lastUsed,
    int devices,
    long seq) {

  static AccountRow of(AccountState account, long seq) {
    return new AccountRow(
        account.isActive(),
        account.displayName(),
        account.email(),
        account.serverRole(),
        account.isDisabled(),
        account.created(),
        account.lastUsed().map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)),
        account.deviceCount(),
        seq);
  }

  /// The row of the later state of an account.
  static AccountRow later(AccountRow one, AccountRow other) {
    return one.seq > other.seq ? one : other;
  }
}
