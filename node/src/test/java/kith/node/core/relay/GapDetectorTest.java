package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.node.core.room.Entries;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomLog;
import kith.node.gateway.socket.WebSocketFraming;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

/// A relay that starts at seq 10.
class GapDetectorTest {
  private final RelayBuffer buffer = new RelayBuffer(new WebSocketFraming(), "r1", 0, 100, 100_000);
  private final GapDetector follower = new GapDetector(buffer);

  @Test
  void nothingIsPublishedOrReadBeforeTheRoomReportsItsPosition() {
    assertThat(follower.next(commit(3, 4))).isEmpty();
    assertThat(follower.read()).isEmpty();
  }

  @Test
  void newEntriesArePublishedAndRepeatedOnesAreSkipped() {
    begins();

    assertThat(published(commit(11, 12))).containsExactly(11L, 12L);
    assertThat(published(commit(11, 12))).isEmpty();
    assertThat(published(commit(12, 14))).containsExactly(13L, 14L);
    assertThat(follower.read()).isEmpty();
  }

  @Test
  void aGapIsReadOnceAndCommitsDuringTheReadWait() {
    begins();

    assertThat(published(commit(13, 13))).isEmpty();
    assertThat(follower.read()).isEqualTo(OptionalLong.of(10));
    assertThat(follower.read()).isEmpty();
    assertThat(published(commit(11, 11))).isEmpty();

    buffer.add(follower.wasRead(page(11, 12, OptionalLong.empty())));
    assertThat(follower.read())
        .as("the page ended before the gap was closed")
        .isEqualTo(OptionalLong.of(12));
  }

  @Test
  void aFailedReadIsRepeated() {
    begins();
    follower.roomIsAt(12);
    assertThat(follower.read()).isEqualTo(OptionalLong.of(10));

    follower.readFailed();

    assertThat(follower.read()).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void aReattachedRoomDoesNotMoveTheRelaysPosition() {
    begins();

    follower.roomIsAt(12);

    assertThat(buffer.last()).isEqualTo(10);
  }

  @Test
  void aLogWithoutItsBeginningIsFollowedFromItsFirstRemainingEntry() {
    begins();
    follower.roomIsAt(25);
    follower.read();

    buffer.add(follower.wasRead(page(21, 25, OptionalLong.of(11))));

    assertThat(buffer.last()).isEqualTo(25);
    assertThat(buffer.following(10)).isEmpty();
    assertThat(follower.read()).isEmpty();
  }

  private void begins() {
    follower.roomIsAt(10);
  }

  private List<Long> published(Room.Committed commit) {
    var next = follower.next(commit);
    buffer.add(next);
    return next.stream().map(Entry::seq).toList();
  }

  private static Room.Committed commit(long first, long last) {
    return new Room.Committed(
        first, LongStream.rangeClosed(first, last).mapToObj(GapDetectorTest::said).toList());
  }

  private static RoomLog.Page page(long first, long last, OptionalLong gapFrom) {
    var entries =
        LongStream.rangeClosed(first, last).mapToObj(seq -> Entries.of(seq, said(seq))).toList();
    return new RoomLog.Page(entries, false, gapFrom);
  }

  private static RoomEvent said(long seq) {
    return RoomHistory.said("ann", "id-" + seq, "m" + seq);
  }
}
