package kith.node.core.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The posts of a session that rooms have not answered yet. Bounded: with too many of them the
/// session stops reading from the client.
final class UnansweredPosts {
  private final Map<String, Set<String>> idsByRoom = new HashMap<>();
  private int count;

  int count() {
    return count;
  }

  void add(String room, String id) {
    if (idsByRoom.computeIfAbsent(room, _ -> new LinkedHashSet<>()).add(id)) count++;
  }

  boolean contains(String room, String id) {
    var ids = idsByRoom.get(room);
    return ids != null && ids.contains(id);
  }

  void answered(String room, String id) {
    var ids = idsByRoom.get(room);
    if (ids == null || !ids.remove(id)) return;
    count--;
    if (ids.isEmpty()) idsByRoom.remove(room);
  }

  /// Removes and returns the ids of posts to a room whose relay has ended: they get no answer.
  Set<String> lost(String room) {
    var ids = idsByRoom.remove(room);
    if (ids == null) return Set.of();
    count -= ids.size();
    return ids;
  }
}
