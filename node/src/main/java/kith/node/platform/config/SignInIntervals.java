package kith.node.platform.config;

import java.time.Duration;

/// The intervals of log-ins, of sign-ins with identity providers, and of the keys that sign tokens.
/// See [Intervals].
public final class SignInIntervals {
  private SignInIntervals() {}

  /// The time for which a node uses an identity provider's description before it reads it again.
  public static final Duration PROVIDER_METADATA = Duration.ofHours(1);

  /// The same for the keys with which it signs.
  public static final Duration PROVIDER_KEYS = Duration.ofMinutes(5);

  /// The shortest time between two reads of these keys because a token names an unknown one.
  public static final Duration PROVIDER_KEYS_AGAIN = Duration.ofSeconds(10);

  /// The longest time that a user has for a sign-in with an identity provider.
  public static final Duration SIGN_IN = Duration.ofMinutes(15);

  /// The time added to the interval between two questions if a provider asks for that (RFC 8628,
  /// section 3.5).
  public static final Duration SIGN_IN_SLOWER = Duration.ofSeconds(5);

  /// The shortest time between two questions of the same device to an identity provider.
  public static final Duration PROVIDER_QUESTION = Duration.ofSeconds(30);

  /// The time between two removals of sign-ins that have expired.
  public static final Duration SIGN_INS_TIDYING = Duration.ofMinutes(10);

  /// The time that a user has to enter the code of a second factor.
  public static final Duration LOG_IN_TICKET = Duration.ofMinutes(5);

  /// The time that a user has to confirm a new second factor with its first code.
  public static final Duration FACTOR_SETUP = Duration.ofMinutes(15);

  /// The time from the start of a node until it encrypts secrets with a new secret of the operator,
  /// and between two searches for such secrets. Nodes that are restarted one after another must be
  /// able to read them until all have the new secret.
  public static final Duration SECRETS_REWRAP = Duration.ofHours(1);

  /// The previous refresh token gets the same reply again for this long, because the first reply
  /// can be lost. Fixed by the protocol.
  public static final Duration REFRESH_REPEATABLE = Duration.ofMinutes(1);

  // The keys that sign tokens.

  /// The time between two reads of the keys by each node.
  public static final Duration TOKEN_KEY_CHECK = Duration.ofSeconds(10);

  /// The time between two reads because of tokens whose key is unknown. Anybody can send such
  /// tokens.
  public static final Duration TOKEN_KEY_UNKNOWN = Duration.ofSeconds(1);

  /// The age at which a new key signs. Much longer than `TOKEN_KEY_CHECK`, so that all nodes know
  /// it by then, and long enough to restart nodes one after another with a new secret.
  public static final Duration TOKEN_KEY_ADOPTION = Duration.ofMinutes(10);

  /// The same for a key that replaces keys in wrong hands.
  public static final Duration TOKEN_KEY_DISCARD = Duration.ofMinutes(1);

  /// The shortest `kith.accounts.token-keys.rotate-after`: all keys are kept until the tokens that
  /// they signed have expired.
  public static final Duration SHORTEST_ROTATION = Duration.ofHours(1);

  /// A token may expire this much later than this node's clock allows: the clock of the node that
  /// made it may be ahead.
  public static final Duration TOKEN_CLOCK_SKEW = Duration.ofMinutes(5);
}
