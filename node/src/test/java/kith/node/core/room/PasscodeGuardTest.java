package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kith.node.platform.config.Throttle;
import org.junit.jupiter.api.Test;

class PasscodeGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final PasscodeGuard guard = new PasscodeGuard(new Throttle(3, Duration.ofMinutes(1)));

  @Test
  void aBurstOfAttemptsPassesAndThenOnePerRefill() {
    for (int i = 0; i < 3; i++) assertThat(guard.take(NOON)).isTrue();

    assertThat(guard.take(NOON)).isFalse();
    assertThat(guard.take(NOON.plusSeconds(59))).isFalse();
    assertThat(guard.take(NOON.plusSeconds(60))).isTrue();
    assertThat(guard.take(NOON.plusSeconds(60))).isFalse();
  }

  @Test
  void aClockThatIsSetBackDelaysTheNextAttemptByOneRefillOnly() {
    for (int i = 0; i < 3; i++) assertThat(guard.take(NOON)).isTrue();
    var earlier = NOON.minus(Duration.ofHours(1));

    assertThat(guard.take(earlier)).isFalse();
    assertThat(guard.take(earlier.plusSeconds(60))).isTrue();
    assertThat(guard.take(earlier.plusSeconds(60))).isFalse();
  }

  @Test
  void attemptsThatWereRightAreNotCounted() {
    for (int i = 0; i < 20; i++) {
      assertThat(guard.take(NOON)).isTrue();
      guard.giveBack();
    }
  }

  @Test
  void wrongAttemptsAreRememberedWithTheirUsers() {
    assertThat(guard.seen()).isEmpty();

    guard.wrong("eve", NOON);
    guard.wrong("mallory", NOON);
    guard.wrong("eve", NOON.plusSeconds(1));

    assertThat(guard.seen())
        .hasValueSatisfying(wrong -> {
          assertThat(wrong.count()).isEqualTo(3);
          assertThat(wrong.latest()).isEqualTo(NOON.plusSeconds(1));
          assertThat(wrong.users()).containsExactly("mallory", "eve");
        });
  }

  @Test
  void aFewUsersAreKept() {
    for (int i = 0; i < 100; i++) guard.wrong("bot" + i, NOON);

    assertThat(guard.seen().orElseThrow().users()).hasSize(20).endsWith("bot99");
  }
}
