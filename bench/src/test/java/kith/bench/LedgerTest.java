package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int ANN = 0;
  private static final int BOB = 1;

  private final Ledger ledger = new Ledger();
  private final ReadPosition ann = new ReadPosition(ANN, ledger.room(0), 10);
  private final ReadPosition bob = new ReadPosition(BOB, ledger.room(0), 10);

  @Test
  void messagesAcknowledgedAndReceivedByAllInOrderPass() {
    annSends(2);
    acknowledge(1, 11);
    acknowledge(2, 12);
    sees(ann, "11:1", "12:2");
    sees(bob, "11:1");
    sees(bob, "12:2");

    assertThat(ledger.verdict(0).isKept()).isTrue();
  }

  @Test
  void aMissingEntryIsLost() {
    annSends(3);
    sees(bob, "11:1", "13:3");

    assertThat(ledger.verdict(0).lost()).isEqualTo(1);
  }

  @Test
  void aSecondDeliveryOfAnEntryIsRepeated() {
    annSends(2);
    sees(bob, "11:1", "12:2");
    sees(bob, "11:1");

    assertThat(ledger.verdict(0).repeatedOrDisordered()).isEqualTo(1);
  }

  @Test
  void oneMessageWithTwoSeqsIsAContradiction() {
    annSends(1);
    sees(bob, "11:1", "12:1");

    assertThat(ledger.verdict(0).contradicted()).isEqualTo(1);
  }

  @Test
  void twoMessagesWithOneSeqAreAContradiction() {
    annSends(2);
    sees(ann, "11:1");
    sees(bob, "11:2");

    assertThat(ledger.verdict(0).contradicted()).isEqualTo(1);
  }

  @Test
  void anAckWithAnotherSeqIsAContradiction() {
    annSends(1);
    sees(bob, "11:1");
    acknowledge(1, 12);

    assertThat(ledger.verdict(0).contradicted()).isEqualTo(1);
  }

  @Test
  void aMessageWithoutAnAnswerFailsTheRun() {
    annSends(1);
    sees(bob, "11:1");

    assertThat(ledger.verdict(0).unanswered()).isEqualTo(1);
    assertThat(ledger.verdict(0).isKept()).isFalse();
  }

  @Test
  void latencyCountsFromTheDueTimeAndNotAtTheSender() {
    ledger.measure(0, 1_000_000_000);
    ledger.sent(ANN, 5_000_000);
    entries(ann, 9_000_000, "11:1");
    entries(bob, 8_000_000, "11:1");
    ledger.acknowledged(ann, 1, 11, 12_000_000);

    var tally = ledger.tally();

    assertThat(tally.delays().getTotalCount()).isEqualTo(1);
    assertThat(tally.delays().getMaxValue()).isBetween(3_000L, 3_003L);
    assertThat(tally.acks().getMaxValue()).isBetween(7_000L, 7_007L);
    assertThat(tally.deliveries()).isEqualTo(2);
  }

  @Test
  void withoutSeqsTheOrderMustBeTheSameForAllMembers() {
    annSends(2);
    ledger.message(ann, 1, 0);
    ledger.message(ann, 2, 0);
    ledger.message(bob, 1, 0);
    ledger.message(bob, 2, 0);

    assertThat(ledger.verdict(0).isKept()).isTrue();

    annSends(2);
    ledger.message(ann, 3, 0);
    ledger.message(ann, 4, 0);
    ledger.message(bob, 4, 0);

    assertThat(ledger.verdict(0).contradicted()).isEqualTo(1);
  }

  @Test
  void withoutAcksTheSendersOwnMessageIsItsAck() {
    annSends(1);

    assertThat(ledger.message(bob, 1, 0)).isFalse();
    assertThat(ledger.verdict(0).unanswered()).isEqualTo(1);
    assertThat(ledger.message(ann, 1, 0)).isTrue();
    assertThat(ledger.verdict(0).unanswered()).isZero();
  }

  @Test
  void seqsOfDifferentRoomsAreIndependent() {
    var elsewhere = new ReadPosition(BOB, ledger.room(1), 10);
    annSends(2);
    sees(ann, "11:1");
    sees(elsewhere, "11:2");

    assertThat(ledger.verdict(0).contradicted()).isZero();
  }

  private void annSends(int messages) {
    for (int i = 0; i < messages; i++) ledger.sent(ANN, 0);
  }

  private void acknowledge(long message, long seq) {
    ledger.acknowledged(ann, message, seq, 0);
  }

  private void sees(ReadPosition position, String... entries) {
    entries(position, 0, entries);
  }

  private void entries(ReadPosition position, long now, String... entries) {
    var json = new StringBuilder("{\"type\":\"entries\",\"entries\":[");
    for (var entry : entries) {
      var parts = entry.split(":", 2);
      json.append("{\"seq\":").append(parts[0]).append(",\"id\":\"").append(parts[1]).append("\"}");
    }
    var frame = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    ledger.entries(position, frame, 0, frame.length, now);
  }
}
