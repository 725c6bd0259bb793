package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FilePhaseTest {
  private static final Offset<Double> NEARLY = Offset.offset(1e-9);

  private static Metrics cores(double node, double postgres) {
    return new Metrics(
        Map.of(
            Metric.NODE_CORES, node, Metric.POSTGRES_CORES, postgres, Metric.DELIVERY_P99, 12.0));
  }

  @Test
  void messagesAreNotACostOfFiles() {
    var passed = new FileTraffic.Passed(30 << 20, 70 << 20);

    var phase = FilePhase.of("both", 10, passed, cores(0.5, 0.75), cores(0.25, 0.25));

    assertThat(phase.upMiB()).isEqualTo(30);
    assertThat(phase.downMiB()).isEqualTo(70);
    assertThat(phase.nodeMillisPerMiB()).isCloseTo(25, NEARLY);
    assertThat(phase.postgresMillisPerMiB()).isCloseTo(50, NEARLY);
    assertThat(phase.get(Metric.DELIVERY_P99)).isEqualTo(12);
    assertThat(phase.get(Metric.OTHERS_CORES)).isNaN();
  }

  @Test
  void filesThatWereNotTransferredHaveNoCost() {
    var none = new FileTraffic.Passed(0, 0);

    assertThat(FilePhase.of("none", 10, none, cores(1, 1), cores(1, 1)).nodeMillisPerMiB()).isNaN();
  }

  @Test
  void bytesAreDueAtAConstantRateAlsoAfterALateOne() {
    var pace = new FilePace(1_000_000_000, 1_000);

    assertThat(pace.nanosUntil(0, 1_000_000_000)).isZero();
    assertThat(pace.nanosUntil(500, 1_000_000_000)).isEqualTo(500_000_000);
    assertThat(pace.nanosUntil(500, 3_000_000_000L)).isZero();
    assertThat(pace.nanosUntil(2_500, 3_000_000_000L)).isEqualTo(500_000_000);
  }
}
