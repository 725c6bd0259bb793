package kith.node.platform.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;

/// What the hashing of passwords counts.
public final class PasswordMetrics {
  private final GaugeDataPoint waiting;
  private final DistributionDataPoint hashing;

  PasswordMetrics(Instruments instruments) {
    waiting = instruments.level("kith_password_hashes_waiting", "Log-ins that wait for bcrypt.");
    hashing =
        instruments.seconds(
            "kith_password_hash_seconds", "Time that bcrypt took, without waiting.");
  }

  public void waits() {
    waiting.inc();
  }

  /// It waits no more, because its turn came or because it was turned away.
  public void waitsNoMore() {
    waiting.dec();
  }

  /// @param since when it began, as `System.nanoTime` told
  public void hashed(long since) {
    hashing.observe(Instruments.secondsSince(since));
  }
}
