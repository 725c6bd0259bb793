package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kith.node.feature.push.PushDecision.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushDecisionTest {
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(4);

  @ParameterizedTest
  @CsvSource({
    // wanted, read, muted, blocked, quiet, reason
    "true, false, false, false, false, ",
    "false, false, false, false, false, not wanted",
    "true, true, false, false, false, read",
    "true, false, true, false, false, muted",
    "true, false, false, true, false, blocked",
    "true, false, false, false, true, quiet",
    "false, true, true, true, true, blocked",
  })
  void oneReasonAgainstANotificationIsEnough(
      boolean wanted, boolean read, boolean muted, boolean blocked, boolean quiet, String reason) {
    var facts = new Facts(AT, wanted, read, muted, blocked, quiet);

    assertThat(PushDecision.reasonAgainst(facts, LIFETIME, AT.plusSeconds(10)).orElse(null))
        .isEqualTo(reason);
  }

  @Test
  void anOldMessageIsNotNotified() {
    var facts = new Facts(AT, true, false, false, false, false);

    assertThat(PushDecision.reasonAgainst(facts, LIFETIME, AT.plus(LIFETIME))).isEmpty();
    assertThat(PushDecision.reasonAgainst(facts, LIFETIME, AT.plus(LIFETIME).plusMillis(1)))
        .contains("old");
  }

  @Test
  void anActiveUserIsNotifiedAfterTheAwayTime() {
    var away = Optional.of(Duration.ofMinutes(5));
    var active = Optional.of(AT);

    assertThat(PushDecision.wait(away, active, AT.plusSeconds(60))).contains(Duration.ofMinutes(4));
    assertThat(PushDecision.wait(away, active, AT.plusSeconds(300))).isEmpty();
    assertThat(PushDecision.wait(away, Optional.empty(), AT)).isEmpty();
    assertThat(PushDecision.wait(Optional.empty(), active, AT)).isEmpty();
  }
}
