package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import kith.node.platform.cluster.Sightings.Decision;
import kith.node.platform.cluster.Sightings.Form;
import kith.node.platform.cluster.Sightings.Join;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration FRESH = Duration.ofMillis(300);
  private static final Duration OLD = Duration.ofHours(1);

  private final Sightings sightings = new Sightings();

  @Test
  void theFirstNodeFormsACluster() {
    assertThat(decide(0, false)).isEqualTo(new Form(Set.of()));
  }

  @Test
  void aStartingNodeIsNotJoined() {
    assertThat(decide(0, false, starting(1))).isEqualTo(new Form(Set.of()));
  }

  @Test
  void aLiveMemberIsJoined() {
    assertThat(decide(0, false, connected(1), starting(2))).isEqualTo(new Join(List.of("host:1")));
  }

  @Test
  void aMemberConnectedToTheDatabaseIsAliveEvenIfUnreachable() {
    assertThat(decide(0, true, connected(1))).isEqualTo(new Join(List.of("host:1")));
  }

  @Test
  void aKilledMemberIsDetectedAtOnceByItsLockAndPort() {
    assertThat(decide(0, true, gone(1, FRESH))).isEqualTo(new Form(Set.of(1)));
  }

  @Test
  void aMemberWithoutItsLockIsNotDeadWhileItsRowIsFresh() {
    assertThat(decide(0, false, gone(1, FRESH))).isEqualTo(new Join(List.of("host:1")));
    assertThat(decide(8, false, gone(1, FRESH))).isEqualTo(new Join(List.of("host:1")));
  }

  @Test
  void aMemberWithAnOldRowHasTimeToReturnAfterAnOutage() {
    assertThat(decide(0, false, gone(1, OLD))).isEqualTo(new Join(List.of("host:1")));
    assertThat(decide(3, false, gone(1, OLD))).isEqualTo(new Join(List.of("host:1")));
    assertThat(decide(4, false, gone(1, OLD))).isEqualTo(new Form(Set.of(1)));
  }

  @Test
  void aHungMemberIsDeadAfterTheSilenceLimit() {
    assertThat(decide(0, false, connected(1))).isEqualTo(new Join(List.of("host:1")));
    assertThat(decide(29, false, connected(1))).isEqualTo(new Join(List.of("host:1")));
    assertThat(decide(30, false, connected(1))).isEqualTo(new Form(Set.of(1)));
  }

  @Test
  void aMemberThatRenewsItsRowIsNotDead() {
    for (var second = 0; second < 60; second++) {
      var renewed = new Peer(1, "host:1", 1, "tls", true, false, NOON.plusSeconds(second), FRESH);
      assertThat(decide(second, false, renewed)).isEqualTo(new Join(List.of("host:1")));
    }
  }

  @Test
  void deadMembersAreNotAskedWhileLiveOnesExist() {
    assertThat(decide(0, true, gone(1, FRESH), connected(2), connected(3)))
        .isEqualTo(new Join(List.of("host:2", "host:3")));
  }

  private Decision decide(int second, boolean refuses, Peer... peers) {
    return sightings.decide(List.of(peers), _ -> refuses, Duration.ofSeconds(second).toNanos());
  }

  private static Peer starting(int id) {
    return new Peer(id, "host:" + id, id, "tls", false, true, NOON, FRESH);
  }

  private static Peer connected(int id) {
    return new Peer(id, "host:" + id, id, "tls", true, true, NOON, FRESH);
  }

  private static Peer gone(int id, Duration age) {
    return new Peer(id, "host:" + id, id, "tls", true, false, NOON, age);
  }
}
