package kith.node.feature.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import org.junit.jupiter.api.Test;

/// The reports of a relay to its room with very many members.
class HearTest {
  private static List<Receipt> receipts(int many, int blocked) {
    var users = IntStream.range(0, blocked).mapToObj(it -> "eve" + it);
    var policy = new PrivacyPolicy(users.collect(Collectors.toSet()), PrivacySettings.OPEN, 1);
    return IntStream.range(0, many).mapToObj(it -> new Receipt("ann" + it, 5, 5, policy)).toList();
  }

  @Test
  void manyReceiptsAreSplitIntoParts() {
    var receipts = receipts(10_000, 0);

    var portions = RoomReceipts.Report.inParts(receipts);

    assertThat(portions).hasSize(5).allMatch(it -> it.receipts().size() <= 2_000);
    assertThat(portions).flatExtracting(RoomReceipts.Report::receipts).isEqualTo(receipts);
  }

  @Test
  void receiptsWithManyBlockedUsersWeighMore() {
    assertThat(RoomReceipts.Report.inParts(receipts(20, 1_000)))
        .extracting(it -> it.receipts().size())
        .containsExactly(7, 7, 6);
  }

  @Test
  void noReceiptsMakeNoReport() {
    assertThat(RoomReceipts.Report.inParts(List.of())).isEmpty();
  }
}
