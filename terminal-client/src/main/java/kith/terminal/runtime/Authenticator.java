package kith.terminal.runtime;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SignIn.BegunSignIn;
import kith.terminal.model.Offer;
import kith.terminal.profile.Access;

/// Logs a user in or signs them up, and stores the login. May block, and throws `Refused` or
/// `Unreachable`.
public interface Authenticator {
  Access logIn(String server, String user, String password, boolean isNew);

  /// Completes the latest log-in, which was refused because it needs the code of a second factor.
  default Access secondFactor(String code) {
    throw new UnsupportedOperationException("No log-in waits for a code");
  }

  /// Asks a server for its ways to sign in.
  default Offer offer(String server) {
    return Offer.of(server, true, List.of());
  }

  /// Begins to sign in with an identity provider.
  default BegunSignIn beginSignIn(String server, String provider) {
    throw new UnsupportedOperationException("No provider is offered");
  }

  /// Refused until the user has approved it.
  ///
  /// @param user the name for a new account, once the server has requested one
  default Access finishSignIn(String signIn, Optional<String> user) {
    throw new UnsupportedOperationException("No sign-in has begun");
  }
}
