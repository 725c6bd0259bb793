package kith.terminal.runtime;

import java.util.List;
import java.util.Optional;
import kith.terminal.profile.Access;

/// The stored logins, and which of them a window opens at its start. The methods do not wait for a
/// server.
public interface ServerList {

  /// An authenticator for one seat, because it keeps the state of a log-in between its two steps.
  ///
  /// @param profile in which the login is to be stored
  Authenticator authenticator(Optional<String> profile);

  /// A stored login.
  ///
  /// @param address as the user typed it
  /// @param user absent for any
  /// @param open the profiles that are already open
  Optional<Access> stored(String address, Optional<String> user, List<String> open);

  /// Opens these profiles at the next start as well, after the ones that are already in the list.
  void keep(List<String> profiles);

  void forget(String profile);

  /// The profile to be shown at the next start.
  void show(String profile);

  /// Of a window with one server, which stores no list.
  static ServerList alone(Authenticator authenticator) {
    return new ServerList() {
      @Override
      public Authenticator authenticator(Optional<String> profile) {
        return authenticator;
      }

      @Override
      public Optional<Access> stored(String address, Optional<String> user, List<String> open) {
        return Optional.empty();
      }

      @Override
      public void keep(List<String> profiles) {}

      @Override
      public void forget(String profile) {}

      @Override
      public void show(String profile) {}
    };
  }
}
