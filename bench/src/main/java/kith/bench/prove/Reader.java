package kith.bench.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kith.protocol.frame.Entry;

/// What one member was given of one room so far.
///
/// Used by its client's thread; what others may ask is said at the method.
final class Reader {
  private static final int MOST_ODDITIES = 100;

  private final List<Reading.Received> received = new ArrayList<>();
  private final List<String> oddities = new ArrayList<>();
  private final Map<Line, Line> shared;
  private volatile long place;

  /// @param shared the lines that anybody was given; equal ones are kept once
  Reader(Map<Line, Line> shared) {
    this.shared = shared;
  }

  static Map<Line, Line> sharedLines() {
    return new ConcurrentHashMap<>();
  }

  void given(List<Entry> entries, long now) {
    for (var entry : entries) {
      var line = Line.of(entry);
      var known = shared.putIfAbsent(line, line);
      received.add(new Reading.Received(known == null ? line : known, now));
      place = Math.max(place, line.seq());
    }
  }

  void toldComplete(long seq) {
    if (seq != place) odd("complete at " + seq + ", having given " + place);
  }

  void toldGap(long from, long to) {
    odd("of a gap from " + from + " to " + to);
  }

  private void odd(String what) {
    if (oddities.size() < MOST_ODDITIES) oddities.add(what);
  }

  /// The highest seq it was given. May be asked by any thread.
  long place() {
    return place;
  }

  /// To be asked when the client has ended.
  Reading reading(String user) {
    return new Reading(user, received, oddities);
  }
}
