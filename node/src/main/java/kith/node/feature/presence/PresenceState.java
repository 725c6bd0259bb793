package kith.node.feature.presence;

import java.time.Instant;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PresencePrivacy;
import kith.protocol.Status;

/// What is known of an account: on one node, or, of several words, on all of them.
///
/// An account that is invisible has the same word as one that has left.
///
/// @param lastSeen when it was there last, as far as this node knows
/// @param discretion empty if this node knows nothing of the account
public record PresenceState(
    String user, Status status, Optional<Instant> lastSeen, Optional<PresencePrivacy> discretion)
    implements CborSerializable {

  public static PresenceState absent(String user) {
    return new PresenceState(user, Status.OFFLINE, Optional.empty(), Optional.empty());
  }

  public boolean isThere() {
    return status != Status.OFFLINE;
  }

  /// How many names are in it.
  int weight() {
    return 1 + discretion.map(it -> it.hiddenFrom().size()).orElse(0);
  }

  /// What is true when both are: who is somewhere is there.
  PresenceState and(PresenceState other) {
    return new PresenceState(
        user,
        rank(other.status) < rank(status) ? other.status : status,
        later(lastSeen, other.lastSeen),
        stricter(discretion, other.discretion));
  }

  /// The same account when it is nowhere any more.
  PresenceState past() {
    return new PresenceState(user, Status.OFFLINE, lastSeen, discretion);
  }

  PresenceState discreet(PresencePrivacy now) {
    return new PresenceState(user, status, lastSeen, Optional.of(now));
  }

  /// What was known before and is not said again.
  PresenceState after(PresenceState earlier) {
    return new PresenceState(
        user, status, later(earlier.lastSeen, lastSeen), discretion.or(earlier::discretion));
  }

  /// Of several devices, the one that says most.
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

  private static Optional<PresencePrivacy> stricter(
      Optional<PresencePrivacy> one, Optional<PresencePrivacy> other) {
    if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
    return one.map(it -> it.and(other.get()));
  }
}
