package kith.node.feature.typing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import org.junit.jupiter.api.Test;

class TypingUsersTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final TypingUsers typists = new TypingUsers();

  @Test
  void aRepeatedReportChangesNothingButExtendsTheTime() {
    assertThat(typists.add(typist("ann"), NOON)).isTrue();
    assertThat(typists.add(typist("ann"), NOON.plusSeconds(3))).isFalse();

    assertThat(typists.expire(NOON.plus(Intervals.TYPING_LASTS))).isFalse();
    assertThat(typists.all()).containsExactly(typist("ann"));
    assertThat(typists.expire(NOON.plusSeconds(3).plus(Intervals.TYPING_LASTS))).isTrue();
    assertThat(typists.isEmpty()).isTrue();
  }

  @Test
  void aNewBlockOfATypingUserIsAChange() {
    typists.add(typist("ann"), NOON);

    assertThat(
            typists.add(
                new Typist("ann", new PrivacyPolicy(Set.of("eve"), PrivacySettings.OPEN, 1)), NOON))
        .isTrue();
  }

  @Test
  void aUserWhoStopsTypingIsRemoved() {
    typists.add(typist("ann"), NOON);

    assertThat(typists.remove("ann")).isTrue();
    assertThat(typists.remove("ann")).isFalse();
  }

  @Test
  void theNumberOfTypingUsersIsLimited() {
    for (var i = 0; i < Portions.TYPING_USERS; i++) typists.add(typist("typist" + i), NOON);

    assertThat(typists.add(typist("one more"), NOON)).isFalse();
    assertThat(typists.all()).hasSize(Portions.TYPING_USERS);
  }

  private static Typist typist(String user) {
    return new Typist(user, PrivacyPolicy.OPEN);
  }
}
