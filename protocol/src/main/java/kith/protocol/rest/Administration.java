package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.ServerRole;

/// Requests and answers of the administration of a server.
public final class Administration {
  private Administration() {}

  /// An account in a list.
  ///
  /// @param lastUsed the day, in UTC, on which one of its devices was last given tokens; absent if
  ///   no device has been logged in since this is recorded
  public record ListedAccount(
      String user,
      Optional<String> displayName,
      Optional<String> email,
      ServerRole role,
      boolean disabled,
      Instant created,
      Optional<String> lastUsed,
      int devices) {}

  public record AccountPage(List<ListedAccount> accounts, Optional<String> next) {
    public AccountPage {
      accounts = List.copyOf(accounts);
    }
  }

  /// An account in detail.
  ///
  /// @param rooms the number of its rooms, without conversations that it hides
  /// @param resetExpires until when the code for a new password is valid, if there is one
  public record AccountDetails(
      String user,
      Optional<String> displayName,
      Optional<String> email,
      ServerRole role,
      boolean disabled,
      Instant created,
      int rooms,
      Optional<Instant> resetExpires,
      List<Accounts.Device> devices) {
    public AccountDetails {
      devices = List.copyOf(devices);
    }
  }

  public record ChangeServerRole(ServerRole role) {}

  /// @param messages whether the account's messages are redacted, too; absent means no
  public record EraseAccount(Optional<Boolean> messages) {}

  /// @param code contained only in this answer
  public record PasswordReset(String user, String code, Instant expires) {}

  /// Asks for one page of accounts to be listed again from their journals.
  ///
  /// @param after the `next` of the page before
  public record RebuildAccounts(Optional<String> after) {}

  /// @param accounts the journals that were read
  /// @param next absent after the last page
  public record RebuiltAccounts(int accounts, Optional<String> next) {}
}
