package kith.node.gateway.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.auth.Tokens;
import kith.protocol.Code;

/// Decides whether a device may have new tokens, before its account is asked.
public interface RefreshGate {
  /// The reason to refuse, if there is one.
  CompletionStage<Optional<Code>> refusal(Tokens.Renewal renewal);
}
