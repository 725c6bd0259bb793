package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import org.junit.jupiter.api.Test;

class FanOutBatcherTest {
  private static final long START = 1_000_000_000L;
  private static final int MOST = 5;

  private final FanOutBatcher gathering = new FanOutBatcher(MOST, START);

  @Test
  void aSmallAudienceNeverWaits() {
    commit(1);
    gathering.take(START);
    commit(2);

    assertThat(gathering.nanosToWait(199, START)).isZero();
  }

  @Test
  void theFirstCommitAfterASilenceDoesNotWait() {
    commit(1);

    assertThat(gathering.nanosToWait(10_000, START)).isZero();
  }

  @Test
  void commitsSoonAfterABatchWaitAndAreSentTogether() {
    commit(1);
    gathering.take(START);
    commit(2);
    commit(3);

    assertThat(gathering.nanosToWait(1_000, at(5))).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(gathering.nanosToWait(1_000, at(25))).isZero();
    assertThat(gathering.take(at(25)).first()).isEqualTo(2);
    assertThat(gathering.isEmpty()).isTrue();
  }

  @Test
  void theWaitIsBoundedForAnyNumberOfListeners() {
    commit(1);
    gathering.take(START);
    commit(2);

    assertThat(gathering.nanosToWait(1_000_000, START))
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void aFullBatchIsDueAtOnce() {
    commit(1);
    gathering.take(START);
    for (var seq = 2; seq < 2 + MOST; seq++) commit(seq);

    assertThat(gathering.nanosToWait(1_000, START)).isZero();
  }

  @Test
  void onlyTheDirectlyFollowingCommitIsNext() {
    assertThat(gathering.isNext(committed(7))).isTrue();
    commit(7);

    assertThat(gathering.isNext(committed(8))).isTrue();
    assertThat(gathering.isNext(committed(9))).isFalse();
    assertThat(gathering.isNext(committed(7))).isFalse();
  }

  private static long at(long millis) {
    return START + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void commit(long seq) {
    gathering.add(committed(seq));
  }

  private static Room.Committed committed(long seq) {
    return new Room.Committed(
        seq, List.of(new RoomEvent.Joined("ann", Instant.EPOCH, Optional.empty())));
  }
}
