package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import kith.node.platform.metrics.Metrics;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private final Transfers transfers =
      new Transfers(3, 2, new FileMetrics(new Metrics().instruments()));

  @Test
  void oneAccountCannotTakeAllPlaces() {
    var first = transfers.begin("ann").orElseThrow();
    assertThat(transfers.begin("ann")).isPresent();

    assertThat(transfers.begin("ann")).isEmpty();
    assertThat(transfers.begin("bob")).isPresent();
    assertThat(transfers.begin("carol")).isEmpty();
    first.end();
    first.end();
    assertThat(transfers.begin("carol")).isPresent();
    assertThat(transfers.begin("bob")).isEmpty();
  }
}
