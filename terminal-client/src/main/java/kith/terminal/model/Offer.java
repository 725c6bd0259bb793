package kith.terminal.model;

import java.util.List;
import kith.protocol.rest.SignIn.OfferedProvider;

/// The ways to sign in at a server, as far as they are known.
///
/// @param server its address, as typed
/// @param isKnown whether the server has answered
/// @param hasPasswords whether people sign up and log in with passwords
/// @param providers the identity providers with which people sign in
public record Offer(
    String server, boolean isKnown, boolean hasPasswords, List<OfferedProvider> providers) {
  public Offer {
    providers = List.copyOf(providers);
  }

  static Offer unknown(String server) {
    return new Offer(server, false, true, List.of());
  }

  /// The offer from a server's answer.
  public static Offer of(String server, boolean hasPasswords, List<OfferedProvider> providers) {
    // without any provider, passwords are the only possible way
    return new Offer(server, true, hasPasswords || providers.isEmpty(), providers);
  }
}
