package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class AgingTest {
  private final RoomFixture room = new RoomFixture().wake();

  @AfterEach
  void stop() {
    room.stop();
  }

  @Test
  void aRoomWithoutRetentionNeverChecksItsLog() {
    room.isMade(Visibility.PUBLIC);
    room.attach(room.relay);
    room.says("ann", "m1");
    room.diesAndWakes();
    room.settled();

    assertThat(room.aging.questions()).isEmpty();
  }

  @Test
  void aChangedRetentionIsFollowedAtOnce() {
    room.isMade(Visibility.PUBLIC);
    room.aging.finds(new LogAging.Hide(2, Optional.of(1L)));

    keeps(5);

    room.eventually(() ->
        assertThat(room.journal().getLast())
            .isEqualTo(new RoomEvent.Truncated(RoomHistory.NOW, 2, 1)));
    assertThat(room.aging.questions().getFirst().isUrgent()).isTrue();
    room.eventually(() -> assertThat(room.aging.questions()).hasSize(2));
    assertThat(room.aging.questions().getLast().isUrgent()).isFalse();
    assertThat(room.aging.questions().getLast().first()).isEqualTo(2);
  }

  @Test
  void relaysReceiveARemovalInItsPlace() {
    room.isMade(Visibility.PUBLIC);
    room.attach(room.relay);
    room.aging.finds(new LogAging.Hide(2, Optional.of(1L)));

    keeps(5);

    var settings = room.relay.expectMessageClass(Room.Committed.class);
    var removal = room.relay.expectMessageClass(Room.Committed.class);
    assertThat(removal.first()).isEqualTo(settings.last() + 1);
    assertThat(removal.events()).containsExactly(new RoomEvent.Truncated(RoomHistory.NOW, 2, 1));
  }

  @Test
  void hiddenEntriesAreDestroyedStepByStepWhileTheRoomStaysAwake() {
    room.isMade(Visibility.PUBLIC);
    room.aging.finds(new LogAging.Destroy(2, 3));

    room.tell(new Room.Age());

    room.eventually(() -> assertThat(room.aging.destroyed()).containsExactly(2L));
    room.settled();
    RoomFixture.TIME.timePasses(Duration.ofSeconds(1));
    room.eventually(() -> assertThat(room.aging.destroyed()).containsExactly(2L, 2L));
    room.eventually(() -> assertThat(room.aging.questions()).as("looks for more").hasSize(2));
  }

  @Test
  void aFailedCheckIsRepeatedOnTheNextAge() {
    room.isMade(Visibility.PUBLIC);
    room.aging.isDown(true);
    room.tell(new Room.Age());
    room.eventually(() -> assertThat(room.aging.questions()).hasSize(1));
    room.settled();
    room.aging.isDown(false);

    room.tell(new Room.Age());

    room.eventually(() -> assertThat(room.aging.questions()).hasSizeGreaterThan(1));
  }

  @Test
  void aRoomOverItsLimitChecksAgainOnlyWellAboveIt() {
    room.isMade(Visibility.PUBLIC);
    keeps(2);
    room.eventually(() -> assertThat(room.aging.questions()).hasSize(1));
    room.attach(room.relay, 2);
    for (var i = 0; i < 15; i++) room.says("ann", "m" + i);
    room.settled();
    assertThat(room.aging.questions().size()).isLessThanOrEqualTo(2);
    for (var i = 15; i < 22; i++) room.says("ann", "m" + i);

    room.eventually(() -> assertThat(room.aging.questions()).hasSizeGreaterThan(2));
  }

  @Test
  void aDeletedRoomHidesNothing() {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.perform("ann", new RoomAction.Delete())).isEqualTo(Room.DONE);
    room.aging.finds(new LogAging.Hide(2, Optional.of(1L)));

    room.tell(new Room.Age());

    room.eventually(() -> assertThat(room.aging.questions()).hasSize(1));
    room.settled();
    assertThat(room.aging.questions().getFirst().limits()).isEqualTo(Retention.NONE);
    assertThat(room.journal().getLast()).isInstanceOf(RoomEvent.Deleted.class);
  }

  @Test
  void aRoomRemovesTheTextOfAMessageThatItDoesNotKeep() {
    var said =
        RoomHistory.after(
            RoomHistory.publicRoomOf("ann"),
            new RoomEvent.Posted(
                "ann", RoomHistory.NOW, "m", "secret", OptionalLong.empty(), OptionalLong.of(1)));
    assertThat(said.tally().latest()).isPresent();

    var later = said.with(new RoomEvent.Truncated(RoomHistory.NOW, 3, 1));

    assertThat(later.tally().latest()).isEmpty();
    assertThat(later.tally().first()).isEqualTo(3);
    assertThat(later.tally().removed()).contains(new Counts(1));
    assertThat(later.tally().counts()).isEqualTo(new Counts(1));
    var next =
        later.with(
            new RoomEvent.Posted(
                "ann", RoomHistory.NOW, "n", "more", OptionalLong.empty(), OptionalLong.of(2)));
    assertThat(next.tally().first()).as("later messages keep it").isEqualTo(3);
  }

  private void keeps(long entries) {
    assertThat(
            room.perform(
                "ann",
                new RoomAction.ChangeSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of(new Retention(OptionalLong.of(entries), OptionalLong.empty())))))
        .isEqualTo(Room.DONE);
  }
}
