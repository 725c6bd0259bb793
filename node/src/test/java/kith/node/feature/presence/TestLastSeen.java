package kith.node.feature.presence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Last seen, in memory.
final class TestLastSeen implements LastSeen {
  final Map<String, PresenceState> kept = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<List<PresenceState>> of(Set<String> users) {
    return CompletableFuture.completedFuture(
        kept.values().stream().filter(it -> users.contains(it.user())).toList());
  }

  @Override
  public void seen(String user, Instant at) {
    var state =
        new PresenceState(
            user, PresenceState.absent(user).status(), Optional.of(at), Optional.empty());
    kept.merge(user, state, (before, now) -> now.completedBy(before));
  }
}
