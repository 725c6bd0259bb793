package kith.node.feature.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a device of a member is notified of a message, decided in the moment of sending: since
/// the message was posted, everything may have changed.
final class PushDecision {
  private PushDecision() {}

  /// What counts in that moment, besides the membership and that the message exists.
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

  /// How long the user has to be away still, if the account's rules ask for that.
  ///
  /// @param active when the user was active last, on any device
  static Optional<Duration> wait(Optional<Duration> away, Optional<Instant> active, Instant now) {
    return away.flatMap(time -> active.map(at -> Duration.between(now, at.plus(time))))
        .filter(Duration::isPositive);
  }

  /// Why nothing is sent; empty if the device is notified.
  static Optional<String> reasonAgainst(Facts facts, Duration lifetime, Instant now) {
    if (facts.isBlocked()) return Optional.of("blocked");
    if (facts.isRead()) return Optional.of("read");
    if (facts.isMuted()) return Optional.of("muted");
    if (!facts.isWanted()) return Optional.of("not wanted");
    if (facts.isQuiet()) return Optional.of("quiet");
    return now.isAfter(facts.at().plus(lifetime)) ? Optional.of("old") : Optional.empty();
  }
}
