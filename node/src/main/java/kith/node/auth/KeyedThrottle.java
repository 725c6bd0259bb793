package kith.node.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import kith.node.platform.config.Throttle;

/// A token bucket for each key, at this node. Safe for use by many threads.
public final class KeyedThrottle<K> {
  private final Throttle throttle;
  private final Clock clock;
  private final int most;

  // in order of use: the first is the most likely to be full again
  private final LinkedHashMap<K, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /// @param most the maximum number of keys
  public KeyedThrottle(Throttle throttle, Clock clock, int most) {
    this.throttle = throttle;
    this.clock = clock;
    this.most = most;
  }

  /// Counts an attempt, or returns how long to wait and counts none.
  public synchronized Optional<Duration> take(K key) {
    var now = clock.instant();
    var bucket = buckets.computeIfAbsent(key, _ -> new TokenBucket(throttle));
    var wait = bucket.take(now);
    var eldest = buckets.values().iterator();
    // past the bound, buckets that are not full are removed too: a limit per key does not stop an
    // attacker with that many keys
    while (eldest.hasNext() && (eldest.next().isFull(now) || buckets.size() > most))
      eldest.remove();
    return wait;
  }

  /// Undoes an attempt.
  synchronized void giveBack(K key) {
    var bucket = buckets.get(key);
    if (bucket != null) bucket.giveBack();
  }

  /// True while an attempt of any key counts.
  synchronized boolean isCounting() {
    var now = clock.instant();
    return buckets.values().stream().anyMatch(bucket -> !bucket.isFull(now));
  }

  synchronized int size() {
    return buckets.size();
  }
}
