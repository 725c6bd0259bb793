package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import kith.node.core.relay.RoomRelay;
import kith.node.core.session.OpenRoom.Mode;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class OpenRoomTest {
  private final ActorRef<RoomRelay.Command> relay = TestInbox.<RoomRelay.Command>create().getRef();

  @Test
  void withoutAPositionTheRoomStartsAtItsEnd() {
    var room = new OpenRoom("r", -1);

    room.opened(relay, 17);

    assertThat(room.seq()).isEqualTo(17);
    assertThat(room.mode()).isEqualTo(Mode.BEHIND);
  }

  @Test
  void withAPositionTheRoomStartsThere() {
    var room = new OpenRoom("r", 3);

    room.opened(relay, 17);

    assertThat(room.seq()).isEqualTo(3);
    assertThat(room.isNext(4)).isTrue();
    assertThat(room.isNext(5)).isFalse();
  }

  @Test
  void theEndOfARelayKeepsThePosition() {
    var room = live(3, 5);

    room.relayEnded();

    assertThat(room.mode()).isEqualTo(Mode.OPENING);
    assertThat(room.seq()).isEqualTo(5);
    assertThat(room.relay()).isNull();
  }

  @Test
  void aRestartStartsAReadOnlyIfNoneIsRunning() {
    assertThat(live(3, 5).restart(0)).isTrue();

    var reading = new OpenRoom("r", 3);
    reading.opened(relay, 17);
    reading.reading(1);
    assertThat(reading.restart(0)).isFalse();
    assertThat(reading.seq()).isZero();
  }

  @Test
  void completeIsSentOncePerOpenOfTheClient() {
    var room = live(3, 5);
    assertThat(room.completes()).isTrue();
    assertThat(room.completes()).isFalse();

    room.relayEnded();
    room.opened(relay, 9);
    assertThat(room.completes()).as("the node itself restarted the delivery").isFalse();

    var _ = room.restart(0);
    assertThat(room.completes()).as("the client sent open again").isTrue();
  }

  private OpenRoom live(long after, long seq) {
    var room = new OpenRoom("r", after);
    room.opened(relay, seq);
    room.passed(seq);
    room.live();
    return room;
  }
}
