package kith.terminal.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Read positions that the node has not confirmed. They are sent at most once a second, and again
/// on the next connection until the node's inbox shows them.
///
/// @param due the highest `seq` to send, by room
/// @param sent the highest `seq` sent on this connection, by room
/// @param notBefore the earliest time of the next send, in milliseconds
record PendingPositions(Map<String, Long> due, Map<String, Long> sent, long notBefore) {
  static final PendingPositions NOTHING = new PendingPositions(Map.of(), Map.of(), 0);

  private static final int MAX_ROOMS = 1_000;
  private static final int AT_ONCE = 50;
  private static final long PAUSE_MILLIS = 1_000;

  PendingPositions {
    due = Map.copyOf(due);
    sent = Map.copyOf(sent);
  }

  PendingPositions with(String room, long seq) {
    if (due.size() >= MAX_ROOMS && !due.containsKey(room)) return this;
    return new PendingPositions(with(due, room, seq), sent, notBefore);
  }

  /// Delays the send, because more entries may arrive and a read position includes delivery.
  PendingPositions withSoon(String room, long seq, long now) {
    long when = due.isEmpty() ? Math.max(notBefore, now + PAUSE_MILLIS) : notBefore;
    var more = with(room, seq);
    return new PendingPositions(more.due, sent, when);
  }

  private static Map<String, Long> with(Map<String, Long> seqs, String room, long seq) {
    var more = new LinkedHashMap<>(seqs);
    more.merge(room, seq, Math::max);
    return more;
  }

  boolean isDue(long now) {
    return !due.isEmpty() && now >= notBefore;
  }

  PendingPositions sentAt(long now) {
    var all = new LinkedHashMap<>(sent);
    due.forEach((room, seq) -> {
      if (all.size() < MAX_ROOMS || all.containsKey(room)) all.merge(room, seq, Math::max);
    });
    return new PendingPositions(Map.of(), all, now + PAUSE_MILLIS);
  }

  /// At most as many positions as one send contains.
  Map<String, Long> nextBatch() {
    var first = new LinkedHashMap<String, Long>();
    due.entrySet().stream().limit(AT_ONCE).forEach(it -> first.put(it.getKey(), it.getValue()));
    return first;
  }

  PendingPositions without(Set<String> rooms, long now) {
    var rest = new LinkedHashMap<>(due);
    rest.keySet().removeAll(rooms);
    return new PendingPositions(rest, sent, now + PAUSE_MILLIS);
  }

  /// After a disconnect: everything sent may be lost and is due again.
  PendingPositions unconfirmed() {
    var again = new LinkedHashMap<>(sent);
    due.forEach((room, seq) -> again.merge(room, seq, Math::max));
    return new PendingPositions(again, Map.of(), 0);
  }

  /// The node has confirmed this position.
  PendingPositions confirmed(String room, long seq) {
    return new PendingPositions(without(due, room, seq), without(sent, room, seq), notBefore);
  }

  private static Map<String, Long> without(Map<String, Long> seqs, String room, long seq) {
    if (seqs.getOrDefault(room, Long.MAX_VALUE) > seq) return seqs;
    return without(seqs, room);
  }

  PendingPositions without(String room) {
    return new PendingPositions(without(due, room), without(sent, room), notBefore);
  }

  private static Map<String, Long> without(Map<String, Long> seqs, String room) {
    var fewer = new LinkedHashMap<>(seqs);
    fewer.remove(room);
    return fewer;
  }
}
