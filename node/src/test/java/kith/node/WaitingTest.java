package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private Duration now = Duration.ZERO;
  private final Waiting waiting =
      new Waiting(() -> now.toNanos(), new SystemdNotify(Optional.empty()));

  @AfterEach
  void close() {
    waiting.close();
  }

  @Test
  void aUsualStartIsNotReported() {
    waiting.does("The node forms a cluster.");
    after(9);

    assertThat(waiting.report()).isEmpty();
    assertThat(waiting.sentence()).isEqualTo("The node forms a cluster.");
  }

  @Test
  void aLongStartIsReportedAtGrowingIntervals() {
    waiting.does("The node forms a cluster.");
    after(10);
    assertThat(waiting.report())
        .hasValue("start=waiting for=\"10 s\" reason=\"The node forms a cluster.\"");

    after(19);
    assertThat(waiting.report()).isEmpty();
    after(1);
    assertThat(waiting.report())
        .hasValue("start=waiting for=\"30 s\" reason=\"The node forms a cluster.\"");
    after(39);
    assertThat(waiting.report()).isEmpty();
    after(1);
    assertThat(waiting.report()).isPresent();
  }

  @Test
  void aFailedAttemptIsReportedAtOnceAndItsRepetitionAtIntervals() {
    waiting.failed("The database does not answer.");
    after(5);
    waiting.does("The node connects to the database.");
    waiting.failed("The database does not answer.");

    assertThat(waiting.report()).isEmpty();
    after(5);
    assertThat(waiting.report().orElseThrow()).contains("The database does not answer.");
  }

  @Test
  void aNodeThatServesReportsNothingUntilItWaitsAgain() {
    after(60);
    waiting.serves();
    after(60);
    assertThat(waiting.report()).isEmpty();

    waiting.does("The cluster removed this node, and it starts again.");
    after(9);
    assertThat(waiting.report()).isEmpty();
    after(1);
    assertThat(waiting.report().orElseThrow()).contains("for=\"10 s\"");
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
