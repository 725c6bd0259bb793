package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveredEntriesTest {
  private static DeliveredEntries.Count count(long... seqs) {
    var entries = new DeliveredEntries();
    for (var seq : seqs) entries.received("q3kfz7m2xw9pahd5tbnc_" + seq);
    return entries.count();
  }

  @Test
  void entriesInOrderAreWhole() {
    assertThat(count(7, 8, 9)).isEqualTo(new DeliveredEntries.Count(7, 9, 3, 0, 0, 0));
    assertThat(count(7, 8, 9).isWhole()).isTrue();
  }

  @Test
  void theLatestEntryMayComeAgain() {
    assertThat(count(7, 8, 8, 9)).isEqualTo(new DeliveredEntries.Count(7, 9, 3, 1, 0, 0));
    assertThat(count(7, 8, 8, 9).isWhole()).isTrue();
  }

  @Test
  void gapsAndEntriesOutOfOrderAreFaults() {
    assertThat(count(7, 9).isWhole()).isFalse();
    assertThat(count(7, 10).missing()).isEqualTo(2);
    assertThat(count(7, 9, 8).disordered()).isOne();
  }
}
