package kith.protocol.rest;

import java.util.List;
import kith.protocol.SignUpPolicy;

/// The properties of a server that a client may read before it logs in.
///
/// @param protocols the subprotocols of its WebSocket
/// @param features the names of the optional features that it has
public record ServerDescription(
    List<String> protocols, List<String> features, SignUpPolicy signUp) {
  public ServerDescription {
    protocols = List.copyOf(protocols);
    features = List.copyOf(features);
  }
}
