package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.node.core.room.Room;
import kith.node.core.room.RoomHistory;
import org.junit.jupiter.api.Test;

/// Reads of older entries by a session at a relay.
class RelayHistoryTest extends RelayFixture {
  @Test
  void aReadAtTheEndIsEmptyAndLive() {
    attached();
    var ann = enters("ann");

    isNowLive(ann, 10);
  }

  @Test
  void bufferedEntriesAreReadInChunksToTheEnd() {
    attached();
    var ann = enters("ann");
    commits(11, 12);
    commits(13, 13);

    var first = reads(ann, 10);
    assertThat(first.first()).isEqualTo(11);
    assertThat(first.last()).isEqualTo(12);
    assertThat(first.isLive()).isFalse();
    var second = reads(ann, 12);
    assertThat(second.last()).isEqualTo(13);
    assertThat(second.isLive()).isTrue();
    commits(14, 14);
    sees(ann, 14, 14);
  }

  @Test
  void olderEntriesAreReadFromTheLogUpToTheRelaysPosition() {
    attached();
    var ann = enters("ann");

    relay.tell(new RoomRelay.Read(3, 5, ann.ref()));

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.OnlyInLog("r1", 5, 3, 10));
  }

  @Test
  void aSessionThatReadsOlderEntriesIsNotLiveUntilItHasReadOn() {
    attached();
    var ann = listens("ann");

    relay.tell(new RoomRelay.Read(3, 5, ann.ref()));
    ann.expectMessageClass(RoomRelay.OnlyInLog.class);
    commits(11, 11);

    assertThat(reads(ann, 10).first()).as("no entry was added in between").isEqualTo(11);
  }

  @Test
  void redactedTextIsNotDeliveredToLaterReaders() {
    attached();
    var ann = enters("ann");
    fromRoom(new Room.Committed(11, List.of(said("ann", "a", "secret"))));
    fromRoom(new Room.Committed(12, List.of(RoomHistory.redacted("ann", "b", 11))));

    assertThat(reads(ann, 10).frame().utf8String()).contains("redaction").doesNotContain("secret");
  }
}
