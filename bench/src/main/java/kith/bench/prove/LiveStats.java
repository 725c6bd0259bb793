package kith.bench.prove;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counters of all clients during a run.
final class LiveStats {
  private final Map<URI, AtomicInteger> connected = new LinkedHashMap<>();
  private final Map<String, AtomicLong> answeredUntil = new ConcurrentHashMap<>();
  private final Map<String, Long> pauses;
  private final LongAdder acks = new LongAdder();
  private final LongAdder deliveries = new LongAdder();

  // keys are the protocol's codes, so the number of keys is limited
  private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> losses = new ConcurrentHashMap<>();

  /// @param pauses by room, how long it may acknowledge nothing before it counts as silent
  LiveStats(List<URI> nodes, Map<String, Long> pauses) {
    this.pauses = Map.copyOf(pauses);
    for (var node : nodes) connected.put(node, new AtomicInteger());
    for (var room : pauses.keySet()) answeredUntil.put(room, new AtomicLong(-1));
  }

  void connected(URI node, int change) {
    var count = connected.get(node);
    if (count != null) count.addAndGet(change);
  }

  void acknowledged(String room, long now) {
    acks.increment();
    var until = answeredUntil.get(room);
    if (until != null) until.set(now + pauses.getOrDefault(room, 0L));
  }

  void delivered(int entries) {
    deliveries.add(entries);
  }

  void refused(String code) {
    refusals.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  /// Counts a connection that failed to open or was not closed by its client.
  void lost(String why) {
    losses.computeIfAbsent(why, _ -> new LongAdder()).increment();
  }

  long acks() {
    return acks.sum();
  }

  long deliveries() {
    return deliveries.sum();
  }

  long silentRooms(long now) {
    return answeredUntil.values().stream().filter(until -> until.get() < now).count();
  }

  Map<URI, Integer> connected() {
    var counts = new LinkedHashMap<URI, Integer>();
    connected.forEach((node, count) -> counts.put(node, count.get()));
    return counts;
  }

  Map<String, Long> refusals() {
    return sums(refusals);
  }

  Map<String, Long> losses() {
    return sums(losses);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    var sums = new TreeMap<String, Long>();
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }
}
