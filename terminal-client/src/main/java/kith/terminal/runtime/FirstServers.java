package kith.terminal.runtime;

import java.util.List;
import java.util.Optional;
import kith.terminal.profile.Access;

/// The servers that a window opens at its start.
///
/// @param shown in front of the others
/// @param others opened after the first frame
public record FirstServers(First shown, List<First> others) {

  /// @param profile absent if the login will choose one
  /// @param access absent if the user must log in first
  /// @param address of the form to log in
  /// @param user the user who is to log in with this form; absent if undecided
  public record First(
      Optional<String> profile, Optional<Access> access, String address, Optional<String> user) {
    public static First of(Optional<Access> access, String address) {
      return of(access, address, Optional.empty());
    }

    static First of(Optional<Access> access, String address, Optional<String> user) {
      return new First(access.map(it -> it.profile().name()), access, address, user);
    }
  }

  public FirstServers {
    others = List.copyOf(others);
  }
}
