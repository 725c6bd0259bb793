package kith.node.platform.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.platform.config.ClusterIntervals;

/// A starting node's observations of the others, and its decision: join them, or form a cluster.
///
/// A row alone proves nothing: its node may have been killed just before, and a live node may be
/// unable to renew its row while the database is unavailable. Treating a live node as dead would
/// split the cluster, so each verdict needs two signs, or a waiting time.
final class Sightings {
  sealed interface Decision {}

  record Join(List<String> addresses) implements Decision {}

  /// @param dead the nodes that are members only by their rows
  record Form(Set<Integer> dead) implements Decision {}

  private record Unchanged(Instant seen, long sinceNanos) {}

  private final Map<Integer, Unchanged> unchangedById = new HashMap<>();

  /// @param refuses whether a node's address refuses connections, as after the end of its process
  /// @param nowNanos of an `AwakeClock`: time during which this node is paused does not count as
  ///   silence of others
  Decision decide(List<Peer> peers, Predicate<Peer> refuses, long nowNanos) {
    var members = peers.stream().filter(Peer::isMember).toList();
    look(members, nowNanos);
    var dead = members.stream().filter(peer -> isDead(peer, refuses, nowNanos)).toList();
    if (dead.size() == members.size())
      return new Form(dead.stream().map(Peer::id).collect(Collectors.toSet()));
    return new Join(
        members.stream().filter(peer -> !dead.contains(peer)).map(Peer::address).toList());
  }

  private void look(List<Peer> members, long nowNanos) {
    unchangedById.keySet().retainAll(members.stream().map(Peer::id).toList());
    for (var peer : members)
      unchangedById.merge(
          peer.id(),
          new Unchanged(peer.seen(), nowNanos),
          (before, now) -> before.seen().equals(now.seen()) ? before : now);
  }

  private boolean isDead(Peer peer, Predicate<Peer> refuses, long nowNanos) {
    var since = unchangedById.get(peer.id());
    var silence = since == null ? Duration.ZERO : Duration.ofNanos(nowNanos - since.sinceNanos());
    if (silence.compareTo(ClusterIntervals.HANG) >= 0) return true;
    if (peer.isConnected()) return false;
    var isLongGone =
        peer.age().compareTo(ClusterIntervals.SILENCE) >= 0
            && silence.compareTo(ClusterIntervals.RETURN) >= 0;
    return isLongGone || refuses.test(peer);
  }
}
