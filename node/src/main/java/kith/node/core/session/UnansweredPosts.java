package kith.node.core.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The posts of a session that their rooms have not answered. Bounded, because a client with too
/// many of them is not read from.
final class UnansweredPosts {
  private final Map<String, Set<String>> idsByRoom = new HashMap<>();
  private int count;

  int count() {
    return count;
  }

  void add(String room, String id) {
    if (idsByRoom.computeIfAbsent(room, _ -> new LinkedHashSet<>()).add(id)) count++;
  }

  void answered(String room, String id) {
    var ids = idsByRoom.get(room);
    if (ids == null || !ids.remove(id)) return;
    count--;
    if (ids.isEmpty()) idsByRoom.remove(room);
  }

  /// Those that will not be answered any more, because nobody is left to do it.
  Set<String> lost(String room) {
    var ids = idsByRoom.remove(room);
    if (ids == null) return Set.of();
    count -= ids.size();
    return ids;
  }
}
