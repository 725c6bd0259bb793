package kith.node.feature.presence;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Stores when accounts were online last. A crash of the node loses about a second of it.
public interface LastSeen {
  /// The stored states of these users, with their privacy policies.
  CompletionStage<List<PresenceState>> of(Set<String> users);

  void seen(String user, Instant at);
}
