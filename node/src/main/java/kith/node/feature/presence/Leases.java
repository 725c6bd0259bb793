package kith.node.feature.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which nodes want to be told of whom, and until when.
///
/// @param <P> what names a node
final class Leases<P> {
  private final Map<String, Map<P, Instant>> endsByUser = new HashMap<>();

  void add(P node, Collection<String> users, Instant until) {
    for (var user : users) endsByUser.computeIfAbsent(user, _ -> new HashMap<>()).put(node, until);
  }

  void end(P node) {
    endsByUser
        .values()
        .removeIf(ends -> {
          ends.remove(node);
          return ends.isEmpty();
        });
  }

  void expire(Instant now) {
    endsByUser
        .values()
        .removeIf(ends -> {
          ends.values().removeIf(end -> !end.isAfter(now));
          return ends.isEmpty();
        });
  }

  List<P> of(String user) {
    return List.copyOf(endsByUser.getOrDefault(user, Map.of()).keySet());
  }
}
