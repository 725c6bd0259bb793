package kith.node.core.room;

import static kith.node.core.room.RoomFixture.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kith.protocol.Code;
import kith.protocol.Visibility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class ProjectionsTest {
  private static final Projection MESSAGES = new TestProjection("messages");

  /// A projection whose changes may wait for a second.
  private static final Projection MEMBERS =
      new TestProjection("members") {
        @Override
        public Urgency urgency(RoomEvent event) {
          return event instanceof RoomEvent.Joined ? Urgency.SOON : Urgency.NONE;
        }

        @Override
        public boolean followsState() {
          return true;
        }
      };

  private final RoomFixture room = new RoomFixture().with(MESSAGES).with(MEMBERS).wake();

  @BeforeEach
  void create() {
    room.isMade(Visibility.PUBLIC);
    room.attach(room.relay);
  }

  @AfterEach
  void stop() {
    room.stop();
  }

  @Test
  void eventsAreAppliedOnceAndInOrder() {
    room.says("ann", "a");
    room.says("ann", "b");
    room.says("ann", "c");
    room.settled();

    assertThat(room.store.applied(MESSAGES)).containsExactly(2L, 3L, 4L);
    assertThat(room.store.position(MESSAGES)).isEqualTo(4);
  }

  @Test
  void aWriteThatFailedIsRepeated() {
    room.store.isAway(true);
    room.says("ann", "a");
    room.settled();
    room.store.isAway(false);

    TIME.timePasses(Duration.ofSeconds(1));
    room.settled();

    assertThat(room.store.applied(MESSAGES)).containsExactly(2L);
  }

  @Test
  void theNextIncarnationAppliesTheRestFromTheLog() {
    room.says("ann", "a");
    room.settled();
    room.store.isAway(true);
    room.says("ann", "b");
    room.says("ann", "c");
    room.dies();
    room.store.isAway(false);

    room.wake();

    room.eventually(() -> assertThat(room.store.applied(MESSAGES)).containsExactly(2L, 3L, 4L));
  }

  @Test
  void anIncarnationThatWasReplacedAppliesNothing() {
    room.says("ann", "a");
    room.settled();
    room.store.position(MESSAGES, 7);
    room.says("ann", "b");
    room.settled();

    assertThat(room.store.applied(MESSAGES)).doesNotContain(3L);
  }

  @Test
  void changesThatMayWaitAreWrittenTogether() {
    for (var user : new String[] {"bob", "cem", "dan"}) room.join(user);
    room.settled();
    var before = room.store.changes(MEMBERS).size();

    TIME.timePasses(Duration.ofSeconds(1));
    room.settled();

    assertThat(before).isZero();
    assertThat(room.store.changes(MEMBERS)).hasSize(1);
    assertThat(room.store.position(MEMBERS)).isEqualTo(4);
  }

  @Test
  void aProjectionIsRebuiltFromTheLogWhilePeopleWrite() {
    room.says("ann", "a");
    room.says("ann", "b");
    room.settled();
    room.store.isAway(true);
    var held = room.store.hold();
    var rebuilt = RoomFixture.<Room.Outcome>probe();
    room.tell(new Room.Rebuild("messages", rebuilt.ref()));
    room.says("ann", "c");

    held.complete(null);

    assertThat(rebuilt.receiveMessage()).isEqualTo(Room.DONE);
    room.eventually(() -> assertThat(room.store.applied(MESSAGES)).containsExactly(2L, 3L, 4L));
  }

  @Test
  void anUnknownProjectionIsNotRebuilt() {
    var rebuilt = RoomFixture.<Room.Outcome>probe();

    room.tell(new Room.Rebuild("weather", rebuilt.ref()));

    assertThat(rebuilt.receiveMessage()).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
  }

  @Test
  void aRoomSleepsOnlyWhenItsProjectionsAreWritten() {
    room.relay.stop();
    room.store.isAway(true);
    var relay = RoomFixture.<Room.ToRelay>probe();
    room.attach(relay, 1);
    room.tell(new Room.Batch(1, java.util.List.of(RoomFixture.say("ann", "a")), relay.ref()));
    relay.expectMessageClass(Room.Committed.class);
    relay.stop();
    TIME.timePasses(RoomFixture.IDLE);
    TIME.timePasses(RoomFixture.IDLE);
    room.settled();
    room.shard.expectNoMessage(Duration.ZERO);

    room.store.isAway(false);

    room.eventually(() -> {
      TIME.timePasses(RoomFixture.IDLE);
      room.shard.receiveMessage(Duration.ofMillis(100));
    });
  }
}
