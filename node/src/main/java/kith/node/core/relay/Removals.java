package kith.node.core.relay;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.frame.Entry;

/// Entries that remove members.
final class Removals {
  private Removals() {}

  /// Splits entries after each removal, so that a removed member gets no later entry.
  static List<List<Entry>> portions(List<Entry> entries) {
    var portions = new ArrayList<List<Entry>>();
    var first = 0;
    for (var i = 0; i < entries.size(); i++) {
      var isLast = i == entries.size() - 1;
      if (isLast || sendsAway(entries.get(i))) {
        portions.add(entries.subList(first, i + 1));
        first = i + 1;
      }
    }
    return portions;
  }

  private static boolean sendsAway(Entry entry) {
    return entry instanceof Entry.Left
        || entry instanceof Entry.Kicked
        || entry instanceof Entry.Banned
        || entry instanceof Entry.Deleted;
  }
}
