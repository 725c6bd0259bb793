package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Post;
import kith.node.core.room.Room;
import kith.protocol.Code;
import org.junit.jupiter.api.Test;

/// The forwarding of posts in batches by a relay.
class RelayPostsTest extends RelayFixture {
  @Test
  void postsThatArriveDuringABatchFormTheNextOne() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    posts(ann, "2");
    posts(ann, "3");

    assertThat(batch()).containsExactly("1");
    fromRoom(new Room.BatchDone(1, List.of(new Post.Accepted(11, NOW))));

    assertThat(ann.receiveMessage())
        .isEqualTo(new RoomRelay.Answered("r1", "1", new Post.Accepted(11, NOW)));
    assertThat(batch()).containsExactly("2", "3");
  }

  @Test
  void anUnansweredBatchIsSentAgainWithTheSameNumber() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    var first = sharding.expectMessageClass(Room.Batch.class);

    passes(RETRY);

    assertThat(sharding.expectMessageClass(Room.Batch.class)).isEqualTo(first);
    answers(1, 11);
    answers(1, 11);
    ann.expectMessageClass(RoomRelay.Answered.class);
    posts(ann, "2");
    assertThat(batch()).containsExactly("2");
  }

  @Test
  void aBatchInFlightIsSentAtOnceToARoomThatMoved() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    assertThat(batch()).containsExactly("1");

    room.stop();
    sharding.expectMessageClass(Room.Attach.class);
    attached(KIT.createTestProbe(), 10);

    assertThat(batch()).containsExactly("1");
  }

  @Test
  void aPostPastItsDeadlineIsUnavailable() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    assertThat(batch()).containsExactly("1");

    for (var i = 0; i < 5; i++) passes(RETRY);

    assertThat(ann.receiveMessage()).isEqualTo(refused("1", Code.UNAVAILABLE));
  }

  @Test
  void postsBeyondTheQueuesBoundAreRefused() {
    attached();
    var ann = listens("ann");
    for (var i = 0; i < 1 + SETTINGS.waitingBatches() * SETTINGS.batchEntries(); i++)
      posts(ann, "p" + i);

    posts(ann, "one more");

    assertThat(ann.receiveMessage()).isEqualTo(refused("one more", Code.RATE_LIMITED));
  }

  @Test
  void aSessionThatHasNotOpenedTheRoomCannotPost() {
    attached();
    var eve = KIT.<ToSession>createTestProbe();

    posts(eve, "1");

    assertThat(eve.receiveMessage()).isEqualTo(refused("1", Code.ROOM_NOT_OPEN));
  }
}
