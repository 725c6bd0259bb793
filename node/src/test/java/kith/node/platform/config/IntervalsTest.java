package kith.node.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.NodeSettings;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  @Test
  void aDoubledIntervalNeverExceedsTheLongest() {
    var most = Intervals.RAREST_CONTACT_RETRY;

    var waits =
        Stream.iterate(Intervals.ACCOUNT_RETRY, wait -> Intervals.doubled(wait, most)).limit(10);

    assertThat(waits).startsWith(seconds(2), seconds(4), seconds(8)).endsWith(most, most);
  }

  @Test
  void aRequestOutlastsTheRequestsThatItCauses() {
    assertThat(Intervals.ACCOUNT_ANSWER).isGreaterThan(Intervals.ROOM_ANSWER);
    assertThat(Intervals.ROOM_ANSWER).isGreaterThan(Intervals.DIRECT_ANSWER);
    assertThat(Intervals.NAME_RESERVATION).isGreaterThan(Intervals.ROOM_ANSWER);
    assertThat(ClusterIntervals.END).isGreaterThan(ClusterIntervals.FAREWELL);
  }

  @Test
  void aNodeNoticesALostDatabaseBeforeItsPatienceEnds() {
    var patience = NodeSettings.read(Optional.empty(), Map.of()).cluster().databasePatience();

    assertThat(ClusterIntervals.BEAT_CONNECT.multipliedBy(2)).isLessThanOrEqualTo(patience);
    assertThat(ClusterIntervals.SILENCE)
        .isGreaterThan(ClusterIntervals.BEAT_CONNECT.plus(ClusterIntervals.BEAT));
    assertThat(ClusterIntervals.RETURN).isGreaterThan(ClusterIntervals.BEAT.multipliedBy(2));
  }

  @Test
  void aPresenceSubscriptionSurvivesTwoLostRenewals() {
    assertThat(Intervals.PRESENCE_SUBSCRIPTION)
        .isGreaterThan(Intervals.PRESENCE_RENEWAL.multipliedBy(2));
  }

  @Test
  void entitiesThatMoveHaveTheTimeForTheirLastWrites() {
    // Pekko stops entities 5 s before it gives the hand-off of their shard up
    var moves =
        ConfigFactory.load()
            .getDuration("pekko.cluster.sharding.handoff-timeout")
            .minus(seconds(5));

    assertThat(moves).isGreaterThan(ClusterIntervals.LAST_ACCOUNT_WRITES);
    assertThat(moves).isGreaterThan(ClusterIntervals.LAST_ROOM_WRITES);
    assertThat(moves).isLessThanOrEqualTo(seconds(5));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
