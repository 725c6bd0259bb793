package kith.terminal.net;

/// The delay before a retry: exponential with full jitter, as the protocol requires.
public final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long MAX_MILLIS = 30_000;

  private Backoff() {}

  public static long millis(int tries, double jitter) {
    long ceiling = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
    return (long) (ceiling * jitter);
  }
}
