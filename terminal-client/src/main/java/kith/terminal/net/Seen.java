package kith.terminal.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What was read, on its way to the node: said at most once a second, and again on the next
/// connection until the node's list of rooms shows that it knows.
///
/// @param due highest `seq` by room that is to be said
/// @param said the same for what was said on this connection
/// @param notBefore when the next may be said
record Seen(Map<String, Long> due, Map<String, Long> said, long notBefore) {
  static final Seen NOTHING = new Seen(Map.of(), Map.of(), 0);

  private static final int MOST_ROOMS = 1_000;
  private static final int AT_ONCE = 50;
  private static final long PAUSE_MILLIS = 1_000;

  Seen {
    due = Map.copyOf(due);
    said = Map.copyOf(said);
  }

  Seen with(String room, long seq) {
    if (due.size() >= MOST_ROOMS && !due.containsKey(room)) return this;
    return new Seen(with(due, room, seq), said, notBefore);
  }

  /// Soon: more may come at once, and be read besides.
  Seen withSoon(String room, long seq, long now) {
    long when = due.isEmpty() ? Math.max(notBefore, now + PAUSE_MILLIS) : notBefore;
    var more = with(room, seq);
    return new Seen(more.due, said, when);
  }

  private static Map<String, Long> with(Map<String, Long> seqs, String room, long seq) {
    var more = new LinkedHashMap<>(seqs);
    more.merge(room, seq, Math::max);
    return more;
  }

  boolean isDue(long now) {
    return !due.isEmpty() && now >= notBefore;
  }

  Seen saidAt(long now) {
    var all = new LinkedHashMap<>(said);
    due.forEach((room, seq) -> {
      if (all.size() < MOST_ROOMS || all.containsKey(room)) all.merge(room, seq, Math::max);
    });
    return new Seen(Map.of(), all, now + PAUSE_MILLIS);
  }

  /// As many as are said at once.
  Map<String, Long> some() {
    var first = new LinkedHashMap<String, Long>();
    due.entrySet().stream().limit(AT_ONCE).forEach(it -> first.put(it.getKey(), it.getValue()));
    return first;
  }

  Seen without(Set<String> rooms, long now) {
    var rest = new LinkedHashMap<>(due);
    rest.keySet().removeAll(rooms);
    return new Seen(rest, said, now + PAUSE_MILLIS);
  }

  /// The connection is gone, and with it perhaps what was said last.
  Seen unsure() {
    var again = new LinkedHashMap<>(said);
    due.forEach((room, seq) -> again.merge(room, seq, Math::max));
    return new Seen(again, Map.of(), 0);
  }

  /// The node knows of it.
  Seen known(String room, long seq) {
    return new Seen(without(due, room, seq), without(said, room, seq), notBefore);
  }

  private static Map<String, Long> without(Map<String, Long> seqs, String room, long seq) {
    if (seqs.getOrDefault(room, Long.MAX_VALUE) > seq) return seqs;
    return forgetting(seqs, room);
  }

  Seen forgetting(String room) {
    return new Seen(forgetting(due, room), forgetting(said, room), notBefore);
  }

  private static Map<String, Long> forgetting(Map<String, Long> seqs, String room) {
    var fewer = new LinkedHashMap<>(seqs);
    fewer.remove(room);
    return fewer;
  }
}
