package kith.node.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.AccountSettings;

/// Tokens whose keys do not change.
public final class TestTokens {
  private TestTokens() {}

  /// Tokens of one key.
  ///
  /// @param key 32 bytes
  public static Tokens ofOneKey(byte[] key, AccountSettings settings) {
    return of(
        settings,
        new TokenKey("only", Instant.EPOCH, Instant.EPOCH, Optional.empty(), new Secret32(key)));
  }

  static Tokens of(AccountSettings settings, TokenKey... keys) {
    return new Tokens(fixed(new TokenKeys("cluster", List.of(keys))), settings);
  }

  private static Keyring fixed(TokenKeys keys) {
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
