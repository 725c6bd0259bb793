package kith.node.account;

import java.time.Duration;
import kith.node.config.NodeSettings;
import kith.node.config.NodeSettings.Throttle;

/// Settings that make tests quick, with throttles that only the tests of throttles meet.
public final class TestSettings {
  private TestSettings() {}

  public static final NodeSettings.Accounts ACCOUNTS =
      accounts(new Throttle(100, Duration.ofSeconds(1)));

  public static NodeSettings.Accounts accounts(Throttle throttle) {
    return new NodeSettings.Accounts(
        4,
        2,
        100,
        Duration.ofMinutes(15),
        Duration.ofDays(90),
        Duration.ofDays(3),
        3,
        3,
        throttle,
        throttle);
  }
}
