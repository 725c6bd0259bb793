package kith.terminal.plain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import kith.terminal.profile.Access;

/// The logins of this machine, among which line mode switches.
public interface LineServers {

  /// The stored logins.
  List<Access> stored();

  /// A login at one more server: a stored one, or one that asks the user. Throws `Unreachable` if
  /// the server does not answer.
  ///
  /// @param user absent for any
  /// @param open the login that is used now
  /// @return absent if the input ends before the login
  Optional<Access> add(String address, Optional<String> user, Access open) throws IOException;

  /// Without other logins.
  static LineServers none() {
    return new LineServers() {
      @Override
      public List<Access> stored() {
        return List.of();
      }

      @Override
      public Optional<Access> add(String address, Optional<String> user, Access open) {
        return Optional.empty();
      }
    };
  }
}
