package kith.node.auth;

import java.util.concurrent.CompletionStage;

/// The keys of tokens, as this node knows them.
interface Keyring {
  TokenKeys known();

  /// Reads the keys again, unless that happened a moment ago. Never fails.
  CompletionStage<TokenKeys> latest();
}
