package kith.terminal.runtime;

import kith.terminal.profile.Access;

/// Logs somebody in or signs them up, and keeps the login. May block, and be refused.
public interface Authenticator {
  Access logIn(String server, String user, String password, boolean isNew);
}
