package kith.bench.prove;

import java.util.List;

/// A room's whole log, as one node gives it out at the end.
record Log(String node, List<Line> lines) {
  Log {
    lines = List.copyOf(lines);
  }
}
