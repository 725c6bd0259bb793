package kith.node.feature.identity;

import java.util.Optional;
import kith.node.feature.identity.IdentityTable.Flow;
import kith.node.platform.config.SignInIntervals;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// The events at the provider, in the state of a sign-in that is under way.
///
/// @param deviceCode of a terminal's sign-in
/// @param intervalMillis between two questions about it
/// @param verifier for the exchange of the code (PKCE)
/// @param returnTo the path to which the browser goes back
/// @param who present when the provider has authenticated a user
record SignInState(
    Optional<String> deviceCode,
    long intervalMillis,
    Optional<String> verifier,
    Optional<String> nonce,
    Optional<String> returnTo,
    Optional<Verified> who) {
  SignInState of(Verified found) {
    return new SignInState(
        deviceCode, intervalMillis, verifier, nonce, returnTo, Optional.of(found));
  }

  SignInState slower() {
    return new SignInState(
        deviceCode,
        intervalMillis + SignInIntervals.SIGN_IN_SLOWER.toMillis(),
        verifier,
        nonce,
        returnTo,
        who);
  }

  @Override
  public String toString() {
    return "the state of a sign-in";
  }

  static Optional<SignInState> of(Flow flow) {
    try {
      return Optional.of(Json.rest(flow.state(), SignInState.class));
    } catch (Malformed other) {
      return Optional.empty();
    }
  }
}
