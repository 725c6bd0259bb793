package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SearchTest {

  @Test
  void aServerThatSustainsFarMoreThanTheFirstRateIsMeasuredToItsLimit() throws IOException {
    assertThat(Search.highest(1_000, 2, upTo(9_000))).isBetween(8_000.0, 9_000.0);
  }

  @Test
  void aServerThatSustainsMuchLessThanTheFirstRateIsMeasuredToItsLimit() throws IOException {
    assertThat(Search.highest(8_000, 2, upTo(300))).isBetween(150.0, 300.0);
  }

  @Test
  void aServerThatSustainsNothingHasNoHighestRate() throws IOException {
    assertThat(Search.highest(8_000, 2, upTo(0))).isZero();
  }

  private static Search.Trial upTo(double limit) {
    return rate -> rate <= limit;
  }
}
