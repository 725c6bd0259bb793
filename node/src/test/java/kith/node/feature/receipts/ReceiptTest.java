package kith.node.feature.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final Receipt NOTHING = new Receipt("bob", 0, 0, PrivacyPolicy.OPEN);

  @Property
  void theHighestPositionsStayForAnyOrderOfReceipts(
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 100) Long> delivered,
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 100) Long> read,
      @ForAll Random chance) {
    var heard = new ArrayList<Receipt>();
    delivered.forEach(seq -> heard.add(new Receipt("bob", seq, 0, PrivacyPolicy.OPEN)));
    read.forEach(seq -> heard.add(new Receipt("bob", seq, seq, PrivacyPolicy.OPEN)));
    heard.addAll(List.copyOf(heard));
    Collections.shuffle(heard, chance);

    var now = NOTHING;
    for (var receipt : heard) {
      var next = now.merge(receipt);
      assertThat(next.delivered()).isGreaterThanOrEqualTo(now.delivered());
      assertThat(next.read()).isGreaterThanOrEqualTo(now.read());
      now = next;
    }

    assertThat(now.read()).isEqualTo(Collections.max(read));
    assertThat(now.delivered())
        .isEqualTo(Math.max(Collections.max(delivered), Collections.max(read)));
  }

  @Test
  void aReadMessageWasDelivered() {
    assertThat(new Receipt("bob", 0, 5, PrivacyPolicy.OPEN).delivered()).isEqualTo(5);
  }

  @Test
  void noReceiptIsAheadOfTheRoom() {
    assertThat(new Receipt("bob", Long.MAX_VALUE, 9, PrivacyPolicy.OPEN).upTo(7))
        .isEqualTo(new Receipt("bob", 7, 7, PrivacyPolicy.OPEN));
  }

  @Property
  void theLatestPolicyStaysForAnyOrderOfReceipts(@ForAll Random chance) {
    var open = new Receipt("bob", 100, 100, policy(ShownTo.EVERYONE, 1, "eve"));
    var closed = new Receipt("bob", 200, 200, policy(ShownTo.CONTACTS, 2, "ann"));
    var heard = new ArrayList<>(List.of(open, closed, open, closed));
    Collections.shuffle(heard, chance);

    assertThat(heard.stream().reduce(Receipt::merge)).hasValue(closed);
  }

  private static PrivacyPolicy policy(ShownTo to, long version, String... blocked) {
    return new PrivacyPolicy(
        Set.of(blocked), new PrivacySettings(ShownTo.EVERYONE, to, true), version);
  }

  @Property
  void aSpreadCountsTheMembersWhoReceivedAMessage(
      @ForAll @Size(max = 80) List<@LongRange(min = 0, max = 50) Long> places,
      @ForAll @LongRange(min = 1, max = 60) long seq) {
    var receipts = new ArrayList<Receipt>();
    for (var i = 0; i < places.size(); i++)
      receipts.add(new Receipt("user" + i, places.get(i), places.get(i) / 2, PrivacyPolicy.OPEN));

    var step = ReceiptSpread.of(receipts).at(seq);

    assertThat(step.delivered())
        .isEqualTo(receipts.stream().filter(it -> it.delivered() >= seq).count());
    assertThat(step.read()).isEqualTo(receipts.stream().filter(it -> it.read() >= seq).count());
  }

  @Test
  void aMemberWhoShowsReceiptsToContactsOnlyIsNotCounted() {
    var spread = ReceiptSpread.of(List.of(new Receipt("bob", 3, 3, policy(ShownTo.CONTACTS, 1))));

    assertThat(spread.at(1)).isEqualTo(new ReceiptSpread.Step(1, 0, 0));
  }
}
