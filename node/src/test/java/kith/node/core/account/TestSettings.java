package kith.node.core.account;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.Throttle;
import kith.protocol.SignUpPolicy;

/// Settings for quick tests, with throttles that only the tests of throttles reach.
public final class TestSettings {
  private TestSettings() {}

  private static final Throttle GENEROUS = new Throttle(100, Duration.ofSeconds(1));

  /// For each account three devices, three rooms, five sockets and three blocked users.
  public static final AccountSettings ACCOUNTS = accounts(2, 100, GENEROUS);

  public static AccountSettings withPasswords(int threads, int queue) {
    return accounts(threads, queue, GENEROUS);
  }

  public static AccountSettings withThrottle(Throttle throttle) {
    return accounts(2, 100, throttle);
  }

  public static AccountSettings withTokenKeys(
      Duration rotateAfter, Optional<String> secret, Optional<String> previousSecret) {
    return accounts(
        2, 100, GENEROUS, new AccountSettings.TokenKeys(rotateAfter, secret, previousSecret));
  }

  private static AccountSettings accounts(int threads, int queue, Throttle throttle) {
    return accounts(
        threads,
        queue,
        throttle,
        new AccountSettings.TokenKeys(Duration.ofDays(30), Optional.empty(), Optional.empty()));
  }

  private static AccountSettings accounts(
      int threads, int queue, Throttle throttle, AccountSettings.TokenKeys tokenKeys) {
    return new AccountSettings(
        4,
        threads,
        queue,
        Duration.ofMinutes(15),
        Duration.ofDays(90),
        Duration.ofDays(3),
        Duration.ofDays(365),
        3,
        3,
        5,
        3,
        8,
        Duration.ofMinutes(2),
        throttle,
        throttle,
        GENEROUS,
        new AccountSettings.SignUp(
            SignUpPolicy.OPEN, false, Set.of(), Duration.ofMinutes(10), GENEROUS),
        tokenKeys,
        AccountSettings.SecondFactor.OPTIONAL);
  }
}
