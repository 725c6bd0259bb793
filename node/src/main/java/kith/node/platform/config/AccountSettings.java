package kith.node.platform.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.protocol.SignUpPolicy;

/// Accounts, their devices and passwords.
public record AccountSettings(
    int bcryptCost,
    int bcryptThreads,
    int bcryptQueue,
    Duration accessLifetime,
    Duration refreshLifetime,
    Duration cookieLifetime,
    Duration deviceLifetime,
    int devicesPerAccount,
    int roomsPerAccount,
    int socketsPerAccount,
    int blockedPerAccount,
    int waitingPerRoom,
    Duration idle,
    Throttle perAccount,
    Throttle perAddress,
    Throttle strangers,
    SignUp signUp,
    TokenKeys tokenKeys,
    SecondFactor secondFactor) {
  public static AccountSettings read(Section in) {
    var throttle = in.in("throttle");
    var accounts =
        new AccountSettings(
            in.number("bcrypt-cost", 4, 20),
            in.number("bcrypt-threads", 1, 1000),
            in.number("bcrypt-queue", 1, 100_000),
            in.time("access-lifetime"),
            in.time("refresh-lifetime"),
            in.time("cookie-lifetime"),
            in.time("device-lifetime"),
            in.number("devices-per-account", 1, 1000),
            in.number("rooms-per-account", 1, 100_000),
            in.number("sockets-per-account", 1),
            in.number("blocked-per-account", 1, 100_000),
            in.number("waiting-per-room", 0, 1000),
            in.time("idle"),
            Throttle.read(throttle.in("per-account")),
            Throttle.read(throttle.in("per-address")),
            Throttle.read(throttle.in("strangers")),
            SignUp.read(in.in("sign-up")),
            TokenKeys.read(in.in("token-keys")),
            in.choice("second-factor", SecondFactor.class));
    in.checkLonger("device-lifetime", "refresh-lifetime");
    in.checkLonger("device-lifetime", "cookie-lifetime");
    return accounts;
  }

  /// The accounts with a password that must have a second factor.
  public enum SecondFactor {
    OPTIONAL,
    ADMINISTRATORS,
    REQUIRED
  }

  /// @param secret encrypts the keys of tokens in the database
  /// @param previousSecret has encrypted them before
  public record TokenKeys(
      Duration rotateAfter, Optional<String> secret, Optional<String> previousSecret) {
    /// Characters of a secret that is not a password.
    private static final int LEAST_SECRET = 32;

    private static TokenKeys read(Section in) {
      var rotateAfter = in.time("rotate-after");
      if (rotateAfter.compareTo(SignInIntervals.SHORTEST_ROTATION) < 0)
        throw in.wrong("rotate-after", "must be at least 1h");
      return new TokenKeys(
          rotateAfter, longSecret(in, "secret"), longSecret(in, "previous-secret"));
    }

    /// A secret that protects data at rest, so it must withstand guessing without limit.
    private static Optional<String> longSecret(Section in, String key) {
      var secret = in.textOrFile(key);
      if (secret.isPresent() && secret.get().length() < LEAST_SECRET)
        throw in.wrong(
            key,
            "must have at least %d characters, for instance those of `openssl rand -base64 32`"
                .formatted(LEAST_SECRET));
      return secret;
    }

    @Override
    public String toString() {
      return "token keys, rotated after " + rotateAfter;
    }
  }

  /// @param firstIsOwner the first account of the server becomes its owner
  /// @param reserved user names that nobody may take, in their canonical spelling
  /// @param repeat for how long a sign-up whose answer was lost may be repeated
  /// @param total sign-ups at this node, of all addresses together
  public record SignUp(
      SignUpPolicy policy,
      boolean firstIsOwner,
      Set<String> reserved,
      Duration repeat,
      Throttle total) {
    public SignUp {
      reserved = Set.copyOf(reserved);
    }

    private static SignUp read(Section in) {
      return new SignUp(
          in.choice("policy", SignUpPolicy.class),
          in.flag("first-is-owner"),
          in.texts("reserved-names").stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet()),
          in.time("repeat"),
          Throttle.read(in.in("total")));
    }

    /// `@room` mentions all members of a room, so no user may have this name.
    public boolean isReserved(String user) {
      return user.equals("room") || reserved.contains(user);
    }
  }
}
