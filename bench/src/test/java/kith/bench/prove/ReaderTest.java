package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private final Reader bob = new Reader(Reader.sharedLines());

  @Test
  void everythingIsKeptAsItCameAlsoWhatCameBefore() {
    bob.given(List.of(joined(1), joined(2)), 10);
    bob.given(List.of(joined(2)), 20);

    assertThat(bob.reading("bob").received())
        .extracting(it -> it.line().seq(), Reading.Received::heard)
        .containsExactly(tuple(1L, 10L), tuple(2L, 10L), tuple(2L, 20L));
    assertThat(bob.place()).isEqualTo(2);
  }

  @Test
  void aNodeThatSaysItWasAllWhenItWasNotIsOdd() {
    bob.given(List.of(joined(1), joined(2)), 10);
    bob.toldComplete(2);
    assertThat(bob.reading("bob").oddities()).isEmpty();

    bob.toldComplete(3);
    bob.toldComplete(1);
    bob.toldGap(1, 2);

    assertThat(bob.reading("bob").oddities()).hasSize(3);
  }

  private static Entry joined(long seq) {
    return new Entry.Joined(seq, AT, "ann");
  }
}
