package kith.node.feature.reactions;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;

/// The reactions to one message after its events.
final class Reactions {
  private final Map<String, Set<String>> usersByEmoji = new LinkedHashMap<>();

  /// @param amendments oldest first
  static Reactions after(List<RoomEvent.PartEvent> amendments) {
    var reactions = new Reactions();
    for (var event : amendments) if (event instanceof Reacted it) reactions.apply(it);
    return reactions;
  }

  private void apply(Reacted event) {
    if (!event.removed()) {
      usersByEmoji.computeIfAbsent(event.emoji(), _ -> new LinkedHashSet<>()).add(event.by());
      return;
    }
    var users = usersByEmoji.get(event.emoji());
    if (users == null) return;
    users.remove(event.by());
    if (users.isEmpty()) usersByEmoji.remove(event.emoji());
  }

  boolean has(String user, String emoji) {
    return usersByEmoji.getOrDefault(emoji, Set.of()).contains(user);
  }

  /// True if this would be one more kind of emoji than a message may have.
  boolean isFullFor(String emoji, int most) {
    return usersByEmoji.size() >= most && !usersByEmoji.containsKey(emoji);
  }

  List<Entry.Reaction> shown() {
    return usersByEmoji.entrySet().stream()
        .map(it -> new Entry.Reaction(it.getKey(), List.copyOf(it.getValue())))
        .toList();
  }
}
