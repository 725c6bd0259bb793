package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private final Reader bob = new Reader(Reader.sharedEntries());

  @Test
  void everyDeliveryIsRecordedAlsoARepeatedOne() {
    bob.receive(List.of(joined(1), joined(2)), 10);
    bob.receive(List.of(joined(2)), 20);

    assertThat(bob.deliveryLog("bob").received())
        .extracting(it -> it.entry().seq(), DeliveryLog.Delivery::receivedAt)
        .containsExactly(tuple(1L, 10L), tuple(2L, 10L), tuple(2L, 20L));
    assertThat(bob.lastSeq()).isEqualTo(2);
  }

  @Test
  void aWrongCompleteOrAGapIsAnAnomaly() {
    bob.receive(List.of(joined(1), joined(2)), 10);
    bob.onComplete(2);
    assertThat(bob.deliveryLog("bob").anomalies()).isEmpty();

    bob.onComplete(3);
    bob.onComplete(1);
    bob.onGap(1, 2);

    assertThat(bob.deliveryLog("bob").anomalies()).hasSize(3);
  }

  private static Entry joined(long seq) {
    return new Entry.Joined(seq, AT, "ann");
  }
}
