package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kith.node.platform.config.SignInIntervals;
import org.junit.jupiter.api.Test;

class TokenKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration QUARTER = Duration.ofDays(90);

  private static TokenKeys keys(TokenKey... keys) {
    return new TokenKeys("cluster", List.of(keys));
  }

  private static TokenKey signing(Instant from) {
    return TokenKey.create(from.minus(SignInIntervals.TOKEN_KEY_ADOPTION), from);
  }

  @Test
  void aClusterWithoutAKeyNeedsOne() {
    assertThat(keys().needsAnother(NOW, MONTH)).isTrue();
  }

  @Test
  void aKeyIsReplacedAfterItsTime() {
    var key = keys(signing(NOW));

    assertThat(key.needsAnother(NOW.plus(MONTH).minusSeconds(1), MONTH)).isFalse();
    assertThat(key.needsAnother(NOW.plus(MONTH), MONTH)).isTrue();
  }

  @Test
  void anAnnouncedKeyIsEnough() {
    var old = signing(NOW.minus(MONTH));
    var announced = signing(NOW.plusSeconds(1));

    assertThat(keys(old, announced).needsAnother(NOW, MONTH)).isFalse();
    assertThat(keys(old, announced).announced(NOW)).contains(announced);
  }

  @Test
  void anAnnouncedKeyVerifiesAtOnceAndSignsLater() {
    var old = signing(NOW.minus(MONTH));
    var announced = signing(NOW.plusSeconds(1));
    var both = keys(old, announced);

    assertThat(both.signer(NOW)).isEqualTo(old);
    assertThat(both.verifier(announced.id(), NOW)).contains(announced);
    assertThat(both.signer(NOW.plusSeconds(1))).isEqualTo(announced);
    assertThat(both.verifier(old.id(), NOW.plusSeconds(1))).contains(old);
  }

  @Test
  void aNodeWhoseClockIsBehindSignsWithTheOldestKey() {
    var old = signing(NOW);

    assertThat(keys(old, signing(NOW.plusSeconds(9))).signer(NOW.minusSeconds(9))).isEqualTo(old);
  }

  @Test
  void aKeyRetiresWhenTheLastTokenItSignedHasExpired() {
    var old = signing(NOW.minus(MONTH));
    var next = signing(NOW);
    var end = NOW.plus(QUARTER).plus(SignInIntervals.TOKEN_KEY_ADOPTION);

    assertThat(keys(old, next).retired(end.minusSeconds(1), QUARTER)).isEmpty();
    assertThat(keys(old, next).retired(end, QUARTER)).containsExactly(old);
    assertThat(keys(old).retired(end, QUARTER)).isEmpty();
  }
}
