package kith.node.feature.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides at the moment of sending whether a device is notified of a due reminder.
final class ReminderDecision {
  private ReminderDecision() {}

  /// The facts that count at that moment, besides the reminder itself, which is still due.
  ///
  /// @param at the time of the reminder
  /// @param active the time of the user's last activity on any device
  /// @param away the time for which the user has to be away, if the account's rules require that
  record Facts(Instant at, Optional<Instant> active, boolean isQuiet, Optional<Duration> away) {}

  sealed interface Verdict {}

  record Now() implements Verdict {}

  /// The user may be at a device.
  record Later(Duration delay) implements Verdict {}

  record Never(String reason) implements Verdict {}

  /// @param known the activity of a user who is still active is known by then
  static Verdict of(Facts facts, Duration known, Duration lifetime, Instant now) {
    // each connected device shows a due reminder
    if (facts.active().filter(it -> !it.isBefore(facts.at())).isPresent()) return new Never("told");
    if (facts.isQuiet()) return new Never("quiet");
    if (now.isAfter(facts.at().plus(lifetime))) return new Never("old");
    var away = facts.away().filter(it -> it.compareTo(known) > 0).orElse(known);
    return PushDecision.wait(Optional.of(away), facts.active(), now)
        .<Verdict>map(Later::new)
        .orElseGet(Now::new);
  }
}
