package kith.node.feature.presence;

import java.time.Duration;
import java.util.Optional;
import kith.node.core.session.SessionHost;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorRef;

/// The status of a session's own user, reported to this node's presence whenever it changes: the
/// status chosen for all devices, and whether this device is idle.
final class OwnStatus {
  private final SessionHost host;
  private final PresenceSessionPart.Factory services;
  private final ActorRef<Presence.ToSession> fromPresence;

  private Status chosen = Status.ONLINE;

  /// The client has reported that it is idle.
  private boolean isIdle;

  /// The client has sent nothing for `idleAfter`.
  private boolean isSilent;

  private long activeAt;

  OwnStatus(
      SessionHost host,
      PresenceSessionPart.Factory services,
      ActorRef<Presence.ToSession> fromPresence) {
    this.host = host;
    this.services = services;
    this.fromPresence = fromPresence;
  }

  void begin(Status chosen) {
    this.chosen = chosen;
    activeAt = host.nanos();
    checkIdle();
    report();
  }

  boolean isInvisible() {
    return chosen == Status.INVISIBLE;
  }

  /// The client asks for a status. `IDLE` concerns this device only, and so does `ONLINE` after it;
  /// everything else is the account's.
  ///
  /// @return the status to request from the account
  Optional<Status> change(Status asked) {
    var isBack = asked == Status.ONLINE && isIdle;
    if (asked != Status.IDLE && !isBack) return Optional.of(asked);
    isIdle = asked == Status.IDLE;
    report();
    return Optional.empty();
  }

  /// The account has chosen a status for all its devices. True if it differs from the earlier one.
  boolean chosen(Status now) {
    if (chosen == now) return false;
    chosen = now;
    report();
    return true;
  }

  void report() {
    var isAway = chosen == Status.ONLINE && (isIdle || isSilent);
    var status = isAway ? Status.IDLE : chosen;
    var policy = host.relations().policy();
    services.presence().tell(new Presence.Here(host.user(), status, policy, fromPresence));
  }

  /// The user was active.
  void active() {
    activeAt = host.nanos();
    if (!isSilent) return;
    isSilent = false;
    report();
  }

  /// Detects an idle user of a client that does not send `IDLE` itself.
  void checkIdle() {
    var silent = Duration.ofNanos(host.nanos() - activeAt);
    var left = services.idleAfter().minus(silent);
    if (!left.isPositive() && !isSilent) {
      isSilent = true;
      report();
    }
    var next = left.isPositive() ? left : services.idleAfter();
    host.timers().startSingleTimer(new PresenceSessionPart.CheckIdle(), next);
  }
}
