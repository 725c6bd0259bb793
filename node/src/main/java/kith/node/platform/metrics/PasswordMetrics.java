package kith.node.platform.metrics;

/// The metrics of password hashing.
public final class PasswordMetrics {
  private final Level waiting;
  private final Distribution hashing;

  PasswordMetrics(Instruments instruments) {
    waiting = instruments.level("kith_password_hashes_waiting", "Log-ins waiting for bcrypt.");
    hashing =
        instruments.seconds(
            "kith_password_hash_seconds",
            "Time of one bcrypt computation, without its time in the queue.");
  }

  public void waits() {
    waiting.inc();
  }

  /// The wait has ended: the hashing started or was refused.
  public void waitsNoMore() {
    waiting.dec();
  }

  /// @param since the start of the hashing, from `System.nanoTime`
  public void hashed(long since) {
    hashing.observe(Instruments.secondsSince(since));
  }
}
