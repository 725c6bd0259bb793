package kith.node.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The keys of tokens, as this node knows them.
interface Keyring {
  TokenKeys known();

  /// Reads the keys again, unless that happened a moment ago. Never fails.
  CompletionStage<TokenKeys> latest();

  /// Keys that never change.
  static Keyring of(TokenKeys keys) {
    return new Keyring() {
      @Override
      public TokenKeys known() {
        return keys;
      }

      @Override
      public CompletionStage<TokenKeys> latest() {
        return CompletableFuture.completedFuture(keys);
      }
    };
  }
}
