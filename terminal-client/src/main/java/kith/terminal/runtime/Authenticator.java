package kith.terminal.runtime;

import kith.terminal.profile.Access;

/// Logs a user in or signs them up, and stores the login. May block, and throws `Refused` or
/// `Unreachable`.
public interface Authenticator {
  Access logIn(String server, String user, String password, boolean isNew);
}
