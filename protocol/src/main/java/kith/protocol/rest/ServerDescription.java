package kith.protocol.rest;

import java.util.List;
import java.util.Optional;
import kith.protocol.SignUpPolicy;

/// The properties of a server that a client may read before it logs in.
///
/// @param protocols the subprotocols of its WebSocket
/// @param features the names of the optional features that it has
/// @param passwords whether people sign up and log in with passwords; absent means yes
/// @param providers with which people can sign in
/// @param address the public URL of the server; absent if its operator has not set one
public record ServerDescription(
    List<String> protocols,
    List<String> features,
    SignUpPolicy signUp,
    Optional<Boolean> passwords,
    Optional<List<SignIn.OfferedProvider>> providers,
    Optional<String> address) {
  public ServerDescription {
    protocols = List.copyOf(protocols);
    features = List.copyOf(features);
    providers = providers.map(List::copyOf);
  }
}
