package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinAttemptsTest {
  private final JoinAttempts joins = new JoinAttempts();

  @Test
  void aJoinBeginsAtOnce() {
    assertThat(isDue(0, "host:1")).isTrue();
  }

  @Test
  void aSlowJoinBeginsAnewOnlyAfterGrowingPauses() {
    assertThat(isDue(0, "host:1")).isTrue();
    assertThat(isDue(29, "host:1")).isFalse();
    assertThat(isDue(30, "host:1")).isTrue();
    assertThat(isDue(89, "host:1")).isFalse();
    assertThat(isDue(90, "host:1")).isTrue();
  }

  @Test
  void anotherMemberDoesNotRestartTheJoin() {
    assertThat(isDue(0, "host:1")).isTrue();
    assertThat(isDue(1, "host:1", "host:2")).isFalse();
    assertThat(isDue(30, "host:1", "host:2")).isTrue();
  }

  @Test
  void aJoinRestartsAtOnceIfNoneOfTheAskedMembersRemains() {
    assertThat(isDue(0, "host:1", "host:2")).isTrue();
    assertThat(isDue(1, "host:2")).isFalse();
    assertThat(isDue(2, "host:3")).isTrue();
  }

  private boolean isDue(int second, String... addresses) {
    return joins.isDue(List.of(addresses), Duration.ofSeconds(second).toNanos());
  }
}
