package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kith.node.feature.push.ReminderDecision.Facts;
import kith.node.feature.push.ReminderDecision.Later;
import kith.node.feature.push.ReminderDecision.Never;
import kith.node.feature.push.ReminderDecision.Now;
import org.junit.jupiter.api.Test;

class ReminderDecisionTest {
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration KNOWN = Duration.ofSeconds(25);
  private static final Duration LIFETIME = Duration.ofHours(4);

  private static ReminderDecision.Verdict of(Facts facts, Instant now) {
    return ReminderDecision.of(facts, KNOWN, LIFETIME, now);
  }

  private static Facts active(Optional<Instant> active, Optional<Duration> away) {
    return new Facts(AT, active, false, away);
  }

  @Test
  void aUserActiveSinceTheTimeOfTheReminderIsNotNotified() {
    var now = AT.plusSeconds(10);

    assertThat(of(active(Optional.of(AT), Optional.empty()), now)).isEqualTo(new Never("told"));
    assertThat(of(active(Optional.of(AT.minusSeconds(60)), Optional.empty()), now))
        .isEqualTo(new Now());
    assertThat(of(active(Optional.empty(), Optional.empty()), now)).isEqualTo(new Now());
  }

  @Test
  void aUserActiveJustBeforeMayStillBeActive() {
    var active = Optional.of(AT.minusSeconds(5));

    assertThat(of(active(active, Optional.empty()), AT.plusSeconds(10)))
        .isEqualTo(new Later(Duration.ofSeconds(10)));
    assertThat(of(active(active, Optional.empty()), AT.plusSeconds(20))).isEqualTo(new Now());
  }

  @Test
  void theTimeAwayOfTheAccountCountsIfItIsLonger() {
    var active = Optional.of(AT.minusSeconds(60));
    var away = Optional.of(Duration.ofMinutes(5));

    assertThat(of(active(active, away), AT.plusSeconds(60)))
        .isEqualTo(new Later(Duration.ofMinutes(3)));
    assertThat(of(active(active, away), AT.plusSeconds(240))).isEqualTo(new Now());
    assertThat(of(active(Optional.empty(), away), AT)).isEqualTo(new Now());
  }

  @Test
  void quietHoursAndTheLifetimeEndAReminder() {
    var quiet = new Facts(AT, Optional.empty(), true, Optional.empty());

    assertThat(of(quiet, AT.plusSeconds(10))).isEqualTo(new Never("quiet"));
    var facts = active(Optional.empty(), Optional.empty());
    assertThat(of(facts, AT.plus(LIFETIME))).isEqualTo(new Now());
    assertThat(of(facts, AT.plus(LIFETIME).plusMillis(1))).isEqualTo(new Never("old"));
  }
}
