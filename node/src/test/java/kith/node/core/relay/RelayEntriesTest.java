package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kith.node.core.room.Room;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.Test;

/// The delivery of committed entries to the sessions of a relay.
class RelayEntriesTest extends RelayFixture {
  @Test
  void eachCommitReachesEverySubscriberInTheSameBytes() {
    attached();
    var ann = listens("ann");
    var bob = listens("bob");

    commits(11, 12);

    var toAnn = ann.expectMessageClass(RoomRelay.Published.class);
    var toBob = bob.expectMessageClass(RoomRelay.Published.class);
    assertThat(toAnn.first()).isEqualTo(11);
    assertThat(toAnn.last()).isEqualTo(12);
    assertThat(toBob.frame()).isSameAs(toAnn.frame());
  }

  @Test
  void aSessionThatHasNotReadToTheEndGetsNoLiveEntries() {
    attached();
    var ann = enters("ann");

    commits(11, 11);

    relay.tell(new RoomRelay.Read(10, 1, ann.ref()));
    assertThat(ann.expectMessageClass(RoomRelay.Chunk.class).first()).isEqualTo(11);
  }

  @Test
  void entriesPublishedTwiceAreSentOnce() {
    attached();
    var ann = listens("ann");

    commits(11, 12);
    commits(11, 12);
    commits(12, 13);
    commits(14, 14);

    sees(ann, 11, 14);
  }

  @Test
  void missedEntriesAreReadFromTheLogWithoutGapOrDuplicate() {
    attached();
    var ann = listens("ann");

    // the commits of entries 11 to 18 were lost
    log.saysUpTo(19);
    commits(19, 19);
    sees(ann, 11, 19);

    commits(17, 18);
    commits(20, 20);
    sees(ann, 20, 20);
  }

  @Test
  void entriesCommittedWhileMissedOnesAreReadFollowThem() {
    attached();
    var ann = listens("ann");
    log.hold();
    log.saysUpTo(14);
    commits(12, 12);
    commits(13, 13);
    commits(14, 14);

    log.letGo();

    sees(ann, 11, 14);
    commits(15, 15);
    sees(ann, 15, 15);
  }

  @Test
  void aLogThatCannotBeReadIsReadAgainAtTheNextRetry() {
    attached();
    var ann = listens("ann");
    log.breakDown();
    commits(12, 12);
    relay.tell(new RoomRelay.Read(10, 7, ann.ref()));
    ann.expectMessageClass(RoomRelay.Chunk.class);

    log.mend();
    log.saysUpTo(12);
    awaitReads(1);
    passes(RETRY);

    sees(ann, 11, 12);
  }

  @Test
  void afterTheRoomFailsTheRelayFindsItAgainAndLosesNothing() {
    attached();
    var ann = listens("ann");
    log.saysUpTo(15);

    room.stop();

    sharding.expectMessageClass(Room.Attach.class);
    attached(KIT.createTestProbe(), 15);
    sees(ann, 11, 15);
  }

  @Test
  void theRoomLearnsOfAnEntryThatTheRelayDoesNotHave() {
    attached();

    relay.tell(new RoomRelay.LogReaches(10));
    relay.tell(new RoomRelay.LogReaches(11));

    sharding.expectMessage(new Room.LogReaches(11));
    sharding.expectMessageClass(Room.Attach.class);
  }

  @Test
  void theLeaseIsRenewed() {
    attached();

    passes(LEASE);

    sharding.fishForMessage(
        Duration.ofSeconds(3),
        command ->
            command instanceof Room.Attach
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
  }
}
