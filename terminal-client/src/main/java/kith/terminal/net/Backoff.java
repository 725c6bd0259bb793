package kith.terminal.net;

/// How long to wait before trying again: exponential with full jitter, as the contract asks.
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 30_000;

  private Backoff() {}

  static long millis(int tries, double luck) {
    long ceiling = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
    return (long) (ceiling * luck);
  }
}
