package kith.node.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void durationsAreWrittenInReadableUnits() {
    assertThat(Times.text(Duration.ofNanos(5_003_800_944L))).isEqualTo("5.0 s");
    assertThat(Times.text(Duration.ofMillis(280))).isEqualTo("0.3 s");
    assertThat(Times.text(Duration.ofMillis(59_999))).isEqualTo("59 s");
    assertThat(Times.text(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Times.text(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
  }
}
