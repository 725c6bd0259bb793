package kith.node.feature.presence;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.privacy.PrivacyPolicy;

/// Where it is kept when accounts were there last, and who may know. What was kept last may be lost
/// with the node: about a second of it.
public interface LastSeen {
  CompletionStage<List<PresenceState>> of(Set<String> users);

  void seen(String user, Instant at);

  void discretion(String user, PrivacyPolicy discretion);
}
