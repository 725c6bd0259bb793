package kith.terminal.runtime;

import kith.terminal.profile.Access;

/// Logs a user in or signs them up, and stores the login. May block, and throws `Refused` or
/// `Unreachable`.
public interface Authenticator {
  Access logIn(String server, String user, String password, boolean isNew);

  /// Completes the latest log-in, which was refused because it needs the code of a second factor.
  default Access secondFactor(String code) {
    throw new UnsupportedOperationException("No log-in waits for a code");
  }
}
