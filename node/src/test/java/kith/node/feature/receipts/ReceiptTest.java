package kith.node.feature.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kith.node.privacy.ReceiptPrivacy;
import kith.protocol.ShownTo;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final Receipt NOTHING = new Receipt("bob", 0, 0, ReceiptPrivacy.OPEN);

  @Property
  void inWhateverOrderAndHoweverOftenTheHighestStays(
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 100) Long> delivered,
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 100) Long> read,
      @ForAll Random chance) {
    var heard = new ArrayList<Receipt>();
    delivered.forEach(seq -> heard.add(new Receipt("bob", seq, 0, ReceiptPrivacy.OPEN)));
    read.forEach(seq -> heard.add(new Receipt("bob", seq, seq, ReceiptPrivacy.OPEN)));
    heard.addAll(List.copyOf(heard));
    Collections.shuffle(heard, chance);

    var now = NOTHING;
    for (var receipt : heard) {
      var next = now.and(receipt);
      assertThat(next.delivered()).isGreaterThanOrEqualTo(now.delivered());
      assertThat(next.read()).isGreaterThanOrEqualTo(now.read());
      now = next;
    }

    assertThat(now.read()).isEqualTo(Collections.max(read));
    assertThat(now.delivered())
        .isEqualTo(Math.max(Collections.max(delivered), Collections.max(read)));
  }

  @Test
  void whatWasReadWasThere() {
    assertThat(new Receipt("bob", 0, 5, ReceiptPrivacy.OPEN).delivered()).isEqualTo(5);
  }

  @Test
  void nobodyIsFurtherThanTheRoom() {
    assertThat(new Receipt("bob", Long.MAX_VALUE, 9, ReceiptPrivacy.OPEN).upTo(7))
        .isEqualTo(new Receipt("bob", 7, 7, ReceiptPrivacy.OPEN));
  }

  @Property
  void whoMayKnowIsAsItWasChosenLastInWhateverOrderItIsHeard(@ForAll Random chance) {
    var open = new Receipt("bob", 100, 100, terms(ShownTo.EVERYONE, 1, "eve"));
    var closed = new Receipt("bob", 200, 200, terms(ShownTo.CONTACTS, 2, "ann"));
    var heard = new ArrayList<>(List.of(open, closed, open, closed));
    Collections.shuffle(heard, chance);

    assertThat(heard.stream().reduce(Receipt::and)).hasValue(closed);
  }

  @Test
  void whoIsHiddenFromMayBeSaidInParts() {
    var some = terms(ShownTo.EVERYONE, 1, "ann");
    var others = terms(ShownTo.EVERYONE, 1, "eve");

    assertThat(some.and(others)).isEqualTo(terms(ShownTo.EVERYONE, 1, "ann", "eve"));
  }

  @Test
  void whoMayNotKnowIsNotShown() {
    assertThat(terms(ShownTo.EVERYONE, 1, "ann").show("bob", "ann", Set.of("bob"))).isFalse();
    assertThat(terms(ShownTo.EVERYONE, 1, "ann").show("bob", "eve", Set.of())).isTrue();
    assertThat(terms(ShownTo.CONTACTS, 1).show("bob", "eve", Set.of())).isFalse();
    assertThat(terms(ShownTo.CONTACTS, 1).show("bob", "eve", Set.of("bob"))).isTrue();
    assertThat(terms(ShownTo.NOBODY, 1).show("bob", "eve", Set.of("bob"))).isFalse();
  }

  private static ReceiptPrivacy terms(ShownTo to, long version, String... hiddenFrom) {
    return new ReceiptPrivacy(to, Set.of(hiddenFrom), version);
  }

  @Property
  void aSpreadCountsWhoHasAMessage(
      @ForAll @Size(max = 80) List<@LongRange(min = 0, max = 50) Long> places,
      @ForAll @LongRange(min = 1, max = 60) long seq) {
    var receipts = new ArrayList<Receipt>();
    for (var i = 0; i < places.size(); i++)
      receipts.add(new Receipt("user" + i, places.get(i), places.get(i) / 2, ReceiptPrivacy.OPEN));

    var step = ReceiptSpread.of(receipts).at(seq);

    assertThat(step.delivered())
        .isEqualTo(receipts.stream().filter(it -> it.delivered() >= seq).count());
    assertThat(step.read()).isEqualTo(receipts.stream().filter(it -> it.read() >= seq).count());
  }

  @Test
  void whoShowsItToContactsOnlyIsNotCounted() {
    var spread =
        ReceiptSpread.of(
            List.of(new Receipt("bob", 3, 3, new ReceiptPrivacy(ShownTo.CONTACTS, Set.of(), 1))));

    assertThat(spread.at(1)).isEqualTo(new ReceiptSpread.Step(1, 0, 0));
  }
}
