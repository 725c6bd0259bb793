package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SearchTest {

  @Test
  void aServerThatSustainsFarMoreThanTheFirstRateIsMeasuredToItsLimit() throws IOException {
    assertThat(Search.highest(1_000, 2, upTo(9_000))).isBetween(8_000.0, 9_000.0);
  }

  @Test
  void aServerThatSustainsMuchLessThanTheFirstRateIsMeasuredToItsLimit() throws IOException {
    assertThat(Search.highest(8_000, 2, upTo(300))).isBetween(270.0, 300.0);
  }

  @Test
  void aServerThatIsSlowAtFirstIsMeasuredToItsLimit() throws IOException {
    var tried = new AtomicInteger();
    // the first three trials find a process that has just started
    Search.Trial trial = rate -> rate <= (tried.incrementAndGet() <= 3 ? 300 : 4_000);

    assertThat(Search.highest(2_000, 2, trial)).isBetween(3_500.0, 4_000.0);
  }

  @Test
  void aServerThatSustainsNothingHasNoHighestRate() throws IOException {
    assertThat(Search.highest(8_000, 2, upTo(0))).isZero();
  }

  private static Search.Trial upTo(double limit) {
    return rate -> rate <= limit;
  }
}
