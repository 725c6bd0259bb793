package kith.node.feature.identity;

import java.util.List;
import java.util.Optional;

/// A provider's statement about a user.
///
/// @param subject of the issuer: both together identify the user forever
/// @param name a suggestion for the user name
/// @param groups of the user at the provider
/// @param session at the provider, to which a later log-out refers
/// @param refreshToken with which the node asks the provider whether the user may still sign in
record Verified(
    String issuer,
    String subject,
    Optional<String> name,
    Optional<String> displayName,
    Optional<String> email,
    Optional<List<String>> groups,
    Optional<String> session,
    Optional<String> refreshToken) {
  Verified {
    groups = groups.map(List::copyOf);
  }

  /// Omits the user's data and the token.
  @Override
  public String toString() {
    return "Verified[" + issuer + "]";
  }
}
