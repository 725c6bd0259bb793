package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import kith.node.LocalActors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientFailureDetectorTest {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ActorSystem<Void> system = LocalActors.create().system();
  private Duration now = Duration.ZERO;
  private final PatientFailureDetector detector =
      new PatientFailureDetector(
          ConfigFactory.load().getConfig("pekko.cluster.failure-detector"),
          Adapter.toClassic(system).eventStream(),
          new AwakeClock(() -> now.toNanos()));

  @AfterEach
  void end() {
    system.terminate();
  }

  @Test
  void aNodeThatFallsSilentIsUnavailableWithinTwoSecondsAndAHalf() {
    converse(Duration.ofSeconds(10));
    assertThat(isAvailableAfter(Duration.ofMillis(1500))).isTrue();
    assertThat(isAvailableAfter(Duration.ofMillis(1000))).isFalse();
  }

  @Test
  void aPausedObserverDoesNotDeclareOthersDead() {
    converse(Duration.ofSeconds(10));
    now = now.plusSeconds(30);

    assertThat(detector.isAvailable()).isTrue();
    detector.heartbeat();
    assertThat(isAvailableAfter(Duration.ofMillis(1500))).isTrue();
  }

  @Test
  void aNodeThatDiedDuringAShortPauseOfItsObserverIsUnavailableSoonAfterIt() {
    converse(Duration.ofSeconds(10));
    now = now.plusMillis(1500);

    assertThat(detector.isAvailable()).isTrue();
    assertThat(isAvailableAfter(Duration.ofSeconds(3))).isFalse();
  }

  @Test
  void aStarvedObserverWaitsLongerBecauseTheOthersMayBeStarvedToo() {
    converse(Duration.ofSeconds(10));
    for (var i = 0; i < 10; i++) {
      now = now.plusSeconds(2);
      assertThat(detector.isAvailable()).as("look %s", i).isTrue();
    }
  }

  @Test
  void aStarvedObserverAlsoNoticesADeadNode() {
    converse(Duration.ofSeconds(10));
    now = now.plusSeconds(60);

    assertThat(isAvailableAfter(Duration.ofSeconds(15))).isFalse();
  }

  @Test
  void anObserverThatHasRecoveredIsAsQuickAsBefore() {
    converse(Duration.ofSeconds(10));
    now = now.plusSeconds(60);
    converse(Duration.ofSeconds(60));

    assertThat(isAvailableAfter(Duration.ofMillis(2500))).isFalse();
  }

  private void converse(Duration time) {
    for (var end = now.plus(time); now.compareTo(end) < 0; now = now.plus(LOOK)) {
      if (now.toMillis() % 300 == 0) detector.heartbeat();
      assertThat(detector.isAvailable()).isTrue();
    }
  }

  /// Looks at short intervals, as a node does that is not starved.
  private boolean isAvailableAfter(Duration silence) {
    for (var end = now.plus(silence); now.compareTo(end) < 0; ) {
      now = now.plus(LOOK);
      var _ = detector.isAvailable();
    }
    return detector.isAvailable();
  }
}
