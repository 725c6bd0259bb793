package kith.node.feature.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.room.Counts;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;

/// What was read on this client, and is not told to its account yet, or not confirmed by it.
final class UnconfirmedReads {
  private static final int MOST_UNCONFIRMED = 1_000;

  /// Read by writing there; no more than there are open rooms.
  private final Map<String, ReadUpTo> posts = new HashMap<>();

  /// Said to an account that may have died before it heard.
  private final Map<String, ReadUpTo> unconfirmed = new HashMap<>();

  void posted(String room, long seq, Counts counts) {
    posts.put(room, new ReadUpTo(room, seq, Optional.of(counts)));
  }

  /// What is to be said now.
  List<ReadUpTo> takePosts() {
    var taken = List.copyOf(posts.values());
    posts.clear();
    taken.forEach(this::said);
    return taken;
  }

  void said(ReadUpTo read) {
    if (!unconfirmed.containsKey(read.room()) && unconfirmed.size() >= MOST_UNCONFIRMED) return;
    unconfirmed.merge(read.room(), read, (before, now) -> now.seq() > before.seq() ? now : before);
  }

  void confirmed(Position position) {
    unconfirmed.computeIfPresent(
        position.room(), (_, said) -> position.read() >= said.seq() ? null : said);
  }

  void left(String room) {
    unconfirmed.remove(room);
  }

  List<ReadUpTo> unconfirmed() {
    return new ArrayList<>(unconfirmed.values());
  }
}
