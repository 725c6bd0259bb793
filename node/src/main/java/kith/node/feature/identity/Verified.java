package kith.node.feature.identity;

import java.util.List;
import java.util.Optional;

/// What a provider has vouched for.
///
/// @param subject of the issuer: the two are who it is, for ever
/// @param name a suggestion for the user name
/// @param groups in which the provider has the user
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

  /// Omits who it is and the token.
  @Override
  public String toString() {
    return "Verified[" + issuer + "]";
  }
}
