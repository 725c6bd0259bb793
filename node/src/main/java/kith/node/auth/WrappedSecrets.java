package kith.node.auth;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.platform.config.AccountSettings.TokenKeys;

/// Encrypts secrets of features in the database with the operator's secret, as the keys of tokens:
/// `kith.accounts.token-keys.secret`. Without one they are stored in clear, because a key beside
/// them in the database would protect nothing.
public final class WrappedSecrets {
  /// @param secretId names the operator's secret; empty if `bytes` are not encrypted
  public record Wrapped(Optional<String> secretId, byte[] bytes) {
    @Override
    public String toString() {
      return "a wrapped secret";
    }
  }

  private final Optional<TokenSecret> secret;
  private final Optional<TokenSecret> previous;

  /// @param purpose the use of the secrets: each purpose has its own key
  public WrappedSecrets(TokenKeys settings, String purpose) {
    this.secret = settings.secret().map(text -> new TokenSecret(text, purpose));
    this.previous = settings.previousSecret().map(text -> new TokenSecret(text, purpose));
  }

  /// @param name of the secret, which can be unwrapped under no other
  public Wrapped wrap(String name, byte[] plain) {
    return new Wrapped(
        secret.map(TokenSecret::id),
        secret.map(it -> it.encrypt(name, plain)).orElseGet(plain::clone));
  }

  /// Empty if no secret of this node decrypts it.
  public Optional<byte[]> unwrap(String name, Wrapped wrapped) {
    if (wrapped.secretId().isEmpty()) return Optional.of(wrapped.bytes());
    return Stream.concat(secret.stream(), previous.stream())
        .filter(it -> wrapped.secretId().get().equals(it.id()))
        .findFirst()
        .flatMap(it -> decrypted(it, name, wrapped.bytes()));
  }

  /// The name of the operator's secret; empty if there is none.
  public Optional<String> secretId() {
    return secret.map(TokenSecret::id);
  }

  /// False if it has to be encrypted again: the operator's secret is another one now.
  public boolean isCurrent(Wrapped wrapped) {
    return wrapped.secretId().equals(secret.map(TokenSecret::id));
  }

  private static Optional<byte[]> decrypted(TokenSecret secret, String name, byte[] bytes) {
    try {
      return Optional.of(secret.decryptBytes(name, bytes));
    } catch (GeneralSecurityException damaged) {
      return Optional.empty();
    }
  }
}
