package kith.node.core.room;

import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

class RoomLogPageTest {
  /// Each entry counts about 250 bytes.
  private final RoomLog.Page page = page(1, 5);

  @Test
  void aPageThatFitsIsUnchanged() {
    assertThat(page.oldestWithin(10_000)).isSameAs(page);
    assertThat(page.newestWithin(10_000)).isSameAs(page);
  }

  @Test
  void aPageReadForwardsKeepsItsOldestEntries() {
    var cut = page.oldestWithin(550);

    assertThat(seqs(cut)).containsExactly(1L, 2L);
    assertThat(cut.more()).isTrue();
  }

  @Test
  void aPageReadBackwardsKeepsItsNewestEntries() {
    var cut = page.newestWithin(550);

    assertThat(seqs(cut)).containsExactly(4L, 5L);
    assertThat(cut.more()).isTrue();
  }

  @Test
  void reactionsCountToo() {
    var users = LongStream.range(0, 1_000).mapToObj(number -> "user" + number).toList();
    var popular =
        ((Entry.Message) Entries.of(2, said("ann", "id", "hello")))
            .withReactions(List.of(new Entry.Reaction("👍", users)));
    var three =
        new RoomLog.Page(
            List.of(page.entries().getFirst(), popular, page.entries().get(2)),
            false,
            OptionalLong.empty());

    assertThat(seqs(three.oldestWithin(5_000))).containsExactly(1L);
  }

  @Test
  void atLeastOneEntryIsKept() {
    assertThat(seqs(page.oldestWithin(1))).containsExactly(1L);
    assertThat(seqs(page.newestWithin(1))).containsExactly(5L);
  }

  @Test
  void aPageCanEndAtTheLastEntryItsReaderMaySee() {
    var cut = page.upTo(3);

    assertThat(seqs(cut)).containsExactly(1L, 2L, 3L);
    assertThat(cut.more()).isFalse();
    assertThat(page.upTo(5)).isSameAs(page);
    assertThat(page.upTo(0).entries()).isEmpty();
  }

  @Test
  void anEmptyPageStaysEmpty() {
    var empty = new RoomLog.Page(List.of(), false, OptionalLong.empty());

    assertThat(empty.oldestWithin(1)).isEqualTo(empty);
  }

  private static RoomLog.Page page(long first, long last) {
    var entries =
        LongStream.rangeClosed(first, last)
            .mapToObj(seq -> Entries.of(seq, said("ann", "id", "x".repeat(100))))
            .toList();
    return new RoomLog.Page(entries, false, OptionalLong.empty());
  }

  private static List<Long> seqs(RoomLog.Page page) {
    return page.entries().stream().map(Entry::seq).toList();
  }
}
