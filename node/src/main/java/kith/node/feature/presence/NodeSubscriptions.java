package kith.node.feature.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The users that each node has subscribed to, each with the end of the subscription.
///
/// @param <N> identifies a node
final class NodeSubscriptions<N> {
  private final Map<String, Map<N, Instant>> endsByUser = new HashMap<>();

  /// Adds or extends subscriptions.
  void add(N node, Collection<String> users, Instant until) {
    for (var user : users) endsByUser.computeIfAbsent(user, _ -> new HashMap<>()).put(node, until);
  }

  /// Removes all subscriptions of a node.
  void remove(N node) {
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

  List<N> nodesFor(String user) {
    return List.copyOf(endsByUser.getOrDefault(user, Map.of()).keySet());
  }
}
