package kith.node.feature.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.room.Counts;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;

/// Reads of this client that its account has not confirmed yet.
final class UnconfirmedReads {
  private final int most;

  /// Reads by posting that are not sent yet; at most one per open room.
  private final Map<String, ReadUpTo> posts = new HashMap<>();

  /// Sent to an account that may end before it handles it.
  private final Map<String, ReadUpTo> unconfirmed = new HashMap<>();

  /// @param most reads kept for sending them again; later ones are sent once
  UnconfirmedReads(int most) {
    this.most = most;
  }

  void posted(String room, long seq, Counts counts) {
    posts.put(room, new ReadUpTo(room, seq, Optional.of(counts)));
  }

  /// Takes the reads to send now.
  List<ReadUpTo> takePosts() {
    var taken = List.copyOf(posts.values());
    posts.clear();
    taken.forEach(this::sent);
    return taken;
  }

  void sent(ReadUpTo read) {
    if (!unconfirmed.containsKey(read.room()) && unconfirmed.size() >= most) return;
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
