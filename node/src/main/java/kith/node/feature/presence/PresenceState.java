package kith.node.feature.presence;

import java.time.Instant;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Privacy;
import kith.node.privacy.Privacy.Topic;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Viewer;
import kith.protocol.Status;
import kith.protocol.frame.UserPresence;

/// The presence of an account, as reported by one node or merged from several nodes.
///
/// An invisible account has the same state as one that has left.
///
/// @param lastSeen when it was online last, as far as this node knows
/// @param policy empty if this node has no data of the account
public record PresenceState(
    String user, Status status, Optional<Instant> lastSeen, Optional<PrivacyPolicy> policy)
    implements CborSerializable {

  public static PresenceState absent(String user) {
    return new PresenceState(user, Status.OFFLINE, Optional.empty(), Optional.empty());
  }

  public boolean isThere() {
    return status != Status.OFFLINE;
  }

  /// The presence that `viewer` may see. A hidden user looks like one who was never online.
  public UserPresence seenBy(Viewer viewer) {
    if (!mayKnow(Topic.PRESENCE, viewer))
      return new UserPresence(user, Status.OFFLINE, Optional.empty());
    var isWhenShown = !isThere() && mayKnow(Topic.LAST_SEEN, viewer);
    return new UserPresence(user, status, isWhenShown ? lastSeen : Optional.empty());
  }

  private boolean mayKnow(Topic topic, Viewer viewer) {
    return Privacy.mayKnow(topic, viewer, user, policy.orElse(PrivacyPolicy.OPEN));
  }

  /// Its size in user names.
  int weight() {
    return 1 + policy.map(it -> it.blocked().size()).orElse(0);
  }

  /// The states of two nodes together: a user who is online on one of them is online.
  PresenceState merge(PresenceState other) {
    return new PresenceState(
        user,
        rank(other.status) < rank(status) ? other.status : status,
        later(lastSeen, other.lastSeen),
        merged(policy, other.policy));
  }

  /// The same account without a session on any node.
  PresenceState offline() {
    return new PresenceState(user, Status.OFFLINE, lastSeen, policy);
  }

  PresenceState with(PrivacyPolicy now) {
    return new PresenceState(user, status, lastSeen, Optional.of(now));
  }

  /// This state, with the policy and the time of an earlier state where it has none.
  PresenceState completedBy(PresenceState earlier) {
    return new PresenceState(
        user, status, later(earlier.lastSeen, lastSeen), policy.or(earlier::policy));
  }

  /// The device with the lowest rank decides the status of the account.
  static int rank(Status status) {
    return switch (status) {
      case INVISIBLE -> 0;
      case DND -> 1;
      case ONLINE -> 2;
      case IDLE -> 3;
      case OFFLINE -> 4;
    };
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
    return one.get().isBefore(other.get()) ? other : one;
  }

  private static Optional<PrivacyPolicy> merged(
      Optional<PrivacyPolicy> one, Optional<PrivacyPolicy> other) {
    if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
    return one.map(it -> it.merge(other.get()));
  }
}
