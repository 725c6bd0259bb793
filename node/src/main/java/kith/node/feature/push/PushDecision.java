package kith.node.feature.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides at the moment of sending whether a device of a member is notified of a message, because
/// everything may have changed since the message was posted.
final class PushDecision {
  private PushDecision() {}

  /// The facts that count at that moment, besides the membership and the existence of the message.
  ///
  /// @param at when the message was posted
  /// @param isWanted the account's rules ask for it
  record Facts(
      Instant at,
      boolean isWanted,
      boolean isRead,
      boolean isMuted,
      boolean isBlocked,
      boolean isQuiet) {}

  /// The time for which the user still has to be away, if the account's rules require that.
  ///
  /// @param active when the user was active last, on any device
  static Optional<Duration> wait(Optional<Duration> away, Optional<Instant> active, Instant now) {
    return away.flatMap(time -> active.map(at -> Duration.between(now, at.plus(time))))
        .filter(Duration::isPositive);
  }

  /// The reason why nothing is sent; empty if the device is notified.
  static Optional<String> reasonAgainst(Facts facts, Duration lifetime, Instant now) {
    if (facts.isBlocked()) return Optional.of("blocked");
    if (facts.isRead()) return Optional.of("read");
    if (facts.isMuted()) return Optional.of("muted");
    if (!facts.isWanted()) return Optional.of("not wanted");
    if (facts.isQuiet()) return Optional.of("quiet");
    return now.isAfter(facts.at().plus(lifetime)) ? Optional.of("old") : Optional.empty();
  }
}
