package kith.node.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import kith.node.platform.config.NodeSettings.Throttle;

/// Limits the login attempts of each address at this node. Safe for use by many threads.
public final class LoginThrottle {

  private static final int MOST_ADDRESSES = 100_000;

  private final Throttle throttle;
  private final Clock clock;
  private final int most;

  // in order of use: the first is the most likely to be full again
  private final LinkedHashMap<ByteBuffer, TokenBucket> bucketsByAddress =
      new LinkedHashMap<>(16, 0.75f, true);

  public LoginThrottle(Throttle perAddress, Clock clock) {
    this(perAddress, clock, MOST_ADDRESSES);
  }

  LoginThrottle(Throttle perAddress, Clock clock, int most) {
    this.throttle = perAddress;
    this.clock = clock;
    this.most = most;
  }

  /// Counts an attempt, or returns how long to wait and counts none.
  public synchronized Optional<Duration> take(InetAddress address) {
    var now = clock.instant();
    var bucket = bucketsByAddress.computeIfAbsent(key(address), _ -> new TokenBucket(throttle));
    var wait = bucket.take(now);
    var eldest = bucketsByAddress.values().iterator();
    // past the bound, buckets that are not full are removed too: a limit per address does not
    // stop an attacker with that many addresses
    while (eldest.hasNext() && (eldest.next().isFull(now) || bucketsByAddress.size() > most))
      eldest.remove();
    return wait;
  }

  synchronized int size() {
    return bucketsByAddress.size();
  }

  /// One subscriber controls a whole IPv6 /64.
  private static ByteBuffer key(InetAddress address) {
    var bytes = address.getAddress();
    return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
