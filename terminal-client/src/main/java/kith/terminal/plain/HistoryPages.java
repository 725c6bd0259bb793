package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.net.Rest;

/// Loads a room's log backwards, page by page.
public final class HistoryPages {
  /// Below the page limit of every node with default settings.
  private static final int PAGE = 50;

  private HistoryPages() {}

  /// The newest `count` entries, oldest first.
  public static List<Entry> newest(Rest rest, String room, int count) {
    var entries = new ArrayList<Entry>();
    var before = OptionalLong.empty();
    while (entries.size() < count) {
      int want = Math.min(PAGE, count - entries.size());
      var page = rest.entries(room, before, OptionalLong.empty(), OptionalInt.of(want));
      entries.addAll(0, page.entries());
      if (!page.more() || page.entries().isEmpty()) break;
      before = OptionalLong.of(page.entries().getFirst().seq());
    }
    return entries;
  }
}
