package kith.bench.prove;

import java.util.List;

/// A room's whole log, as one node returned it at the end.
record NodeLog(String node, List<LogEntry> entries) {
  NodeLog {
    entries = List.copyOf(entries);
  }
}
