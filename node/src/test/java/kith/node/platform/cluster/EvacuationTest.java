package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kith.node.platform.config.ClusterIntervals;
import org.junit.jupiter.api.Test;

class EvacuationTest {
  private final Evacuation evacuation = new Evacuation(0);

  @Test
  void aNodeWaitsWhileItsShardsBecomeFewer() {
    assertThat(evacuation.isOver(2, 30, 0)).isFalse();
    assertThat(evacuation.isOver(2, 29, nanos(ClusterIntervals.SHARDS_STUCK))).isFalse();
    assertThat(evacuation.isOver(2, 28, 2 * nanos(ClusterIntervals.SHARDS_STUCK))).isFalse();
    assertThat(evacuation.isOver(2, 0, 2 * nanos(ClusterIntervals.SHARDS_STUCK))).isTrue();
  }

  @Test
  void theOnlyServingNodeDoesNotWait() {
    assertThat(evacuation.isOver(0, 30, 0)).isTrue();
  }

  @Test
  void aNodeWhoseShardsDoNotMoveLeavesWithThem() {
    assertThat(evacuation.isOver(2, 30, 0)).isFalse();
    assertThat(evacuation.isOver(2, 31, nanos(ClusterIntervals.SHARDS_STUCK))).isFalse();
    assertThat(evacuation.isOver(2, 30, nanos(ClusterIntervals.SHARDS_STUCK) + 1)).isTrue();
  }

  @Test
  void aNodeDoesNotWaitForeverForShardsThatMoveSlowly() {
    var step = nanos(ClusterIntervals.SHARDS_STUCK);
    var now = 0L;
    var shards = 100;
    while (now <= nanos(ClusterIntervals.SHARDS_LEAVE)) {
      assertThat(evacuation.isOver(2, shards--, now)).isFalse();
      now += step;
    }
    assertThat(evacuation.isOver(2, shards, now)).isTrue();
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
