package kith.bench.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kith.protocol.frame.Entry;

/// The entries of one room that one member has received so far.
///
/// Used by the client's thread, except where a method allows other threads.
final class Reader {
  private static final int MAX_ANOMALIES = 100;

  private final List<DeliveryLog.Delivery> deliveries = new ArrayList<>();
  private final List<String> anomalies = new ArrayList<>();
  private final Map<LogEntry, LogEntry> shared;
  private volatile long lastSeq;

  /// @param shared the entries that any client received; equal ones are stored once
  Reader(Map<LogEntry, LogEntry> shared) {
    this.shared = shared;
  }

  static Map<LogEntry, LogEntry> sharedEntries() {
    return new ConcurrentHashMap<>();
  }

  void receive(List<Entry> entries, long now) {
    for (var received : entries) {
      var entry = LogEntry.of(received);
      var known = shared.putIfAbsent(entry, entry);
      deliveries.add(new DeliveryLog.Delivery(known == null ? entry : known, now));
      lastSeq = Math.max(lastSeq, entry.seq());
    }
  }

  void onComplete(long seq) {
    if (seq != lastSeq) addAnomaly("complete at " + seq + " after entry " + lastSeq);
  }

  void onGap(long from, long to) {
    addAnomaly("a gap from " + from + " to " + to);
  }

  private void addAnomaly(String what) {
    if (anomalies.size() < MAX_ANOMALIES) anomalies.add(what);
  }

  /// The highest `seq` received. Any thread may call it.
  long lastSeq() {
    return lastSeq;
  }

  /// Call it after the client has ended.
  DeliveryLog deliveryLog(String user) {
    return new DeliveryLog(user, deliveries, anomalies);
  }
}
