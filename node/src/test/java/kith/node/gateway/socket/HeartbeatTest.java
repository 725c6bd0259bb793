package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kith.node.gateway.socket.Heartbeat.Verdict;
import org.junit.jupiter.api.Test;

/// A clock of seconds: pinged after 25, silent after 90, without progress after 900.
class HeartbeatTest {

  private static final long SECOND = 1_000_000_000L;

  private final Heartbeat heartbeat =
      new Heartbeat(
          new SocketSettings(
              Duration.ofSeconds(25),
              Duration.ofSeconds(90),
              Duration.ofSeconds(900),
              65_536,
              16,
              Duration.ofSeconds(5)),
          0);

  @Test
  void aSilentClientIsPingedAndThenGivenUp() {
    heartbeat.taken(0);

    assertThat(at(24)).isEqualTo(Verdict.WELL);
    assertThat(at(25)).isEqualTo(Verdict.PING);
    assertThat(at(26)).isEqualTo(Verdict.WELL);
    assertThat(at(50)).isEqualTo(Verdict.PING);
    assertThat(at(75)).isEqualTo(Verdict.PING);
    assertThat(at(89)).isEqualTo(Verdict.WELL);
    assertThat(at(90)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void anActiveClientIsNotPinged() {
    heartbeat.taken(0);
    heartbeat.heard(20 * SECOND);

    assertThat(at(44)).isEqualTo(Verdict.WELL);
    assertThat(at(45)).isEqualTo(Verdict.PING);
    assertThat(at(109)).isEqualTo(Verdict.PING);
    assertThat(at(110)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void silenceDoesNotCountWhileBytesWait() {
    heartbeat.taken(0);
    heartbeat.given(10 * SECOND);

    assertThat(at(800)).isEqualTo(Verdict.WELL);

    heartbeat.taken(800 * SECOND);

    assertThat(at(800)).isEqualTo(Verdict.WELL);
    assertThat(at(879)).isNotEqualTo(Verdict.SILENT);
    assertThat(at(880)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void activityDuringAStallCountsAfterIt() {
    heartbeat.taken(0);
    heartbeat.given(10 * SECOND);
    heartbeat.heard(400 * SECOND);
    heartbeat.taken(500 * SECOND);

    assertThat(at(589)).isNotEqualTo(Verdict.SILENT);
    assertThat(at(590)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void aClientThatTakesNoBytesIsGivenUpEvenIfItSends() {
    heartbeat.taken(0);
    heartbeat.given(10 * SECOND);
    heartbeat.heard(905 * SECOND);

    assertThat(at(909)).isEqualTo(Verdict.WELL);
    assertThat(at(910)).isEqualTo(Verdict.NO_PROGRESS);
  }

  @Test
  void everyPushTakenIsProgress() {
    heartbeat.taken(0);
    heartbeat.given(10 * SECOND);
    heartbeat.taken(600 * SECOND);
    heartbeat.given(600 * SECOND);

    assertThat(at(1499)).isEqualTo(Verdict.WELL);
    assertThat(at(1500)).isEqualTo(Verdict.NO_PROGRESS);
  }

  @Test
  void theNextCheckIsAtTheNextPingOrDeadline() {
    heartbeat.taken(0);
    assertThat(secondsToNext(0)).isEqualTo(25);
    assertThat(secondsToNext(10)).isEqualTo(15);

    heartbeat.heard(20 * SECOND);
    assertThat(secondsToNext(25)).isEqualTo(20);

    assertThat(at(45)).isEqualTo(Verdict.PING);
    assertThat(at(70)).isEqualTo(Verdict.PING);
    assertThat(at(95)).isEqualTo(Verdict.PING);
    assertThat(secondsToNext(95)).isEqualTo(15);
  }

  @Test
  void aStallIsCheckedAtLeastOncePerPingInterval() {
    heartbeat.taken(0);
    heartbeat.given(0);

    assertThat(secondsToNext(0)).isEqualTo(25);
    assertThat(secondsToNext(890)).isEqualTo(10);
  }

  private Verdict at(long seconds) {
    return heartbeat.verdict(seconds * SECOND);
  }

  private long secondsToNext(long now) {
    return heartbeat.nanosToNext(now * SECOND) / SECOND;
  }
}
