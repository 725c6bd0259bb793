package kith.node.feature.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a device is notified of a due reminder, decided in the moment of sending.
final class ReminderDecision {
  private ReminderDecision() {}

  /// What counts in that moment, besides that the reminder is still due.
  ///
  /// @param at the time of the reminder
  /// @param active when the user was active last, on any device
  /// @param away for how long the user has to be away, if the account's rules ask for that
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
