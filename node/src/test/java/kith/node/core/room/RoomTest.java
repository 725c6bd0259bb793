package kith.node.core.room;

import static kith.node.core.room.RoomFixture.IDLE;
import static kith.node.core.room.RoomFixture.JOURNAL;
import static kith.node.core.room.RoomFixture.TIME;
import static kith.node.core.room.RoomFixture.posted;
import static kith.node.core.room.RoomFixture.probe;
import static kith.node.core.room.RoomFixture.renamed;
import static kith.node.core.room.RoomFixture.say;
import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class RoomTest {
  /// Like the directory: it must be written before the command that creates or changes the room is
  /// answered.
  private static final Projection LISTING =
      new TestProjection("listing") {
        @Override
        public Urgency urgency(RoomEvent event) {
          return event instanceof RoomEvent.Created || event instanceof RoomEvent.Deleted
              ? Urgency.BEFORE_REPLY
              : Urgency.NONE;
        }
      };

  private final RoomFixture room = new RoomFixture().with(LISTING).wake();
  private final TestProbe<Room.ToRelay> relay = room.relay;

  @AfterEach
  void stop() {
    room.stop();
  }

  // creating

  @Test
  void aRoomIsCreatedOnceAndARetryGetsTheSameAnswer() {
    assertThat(room.create("ann", Visibility.PRIVATE)).isEqualTo(Room.DONE);
    assertThat(room.create("ann", Visibility.PRIVATE)).isEqualTo(Room.DONE);
    assertThat(room.create("eve", Visibility.PRIVATE))
        .isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));

    assertThat(room.journal()).hasSize(1).first().isInstanceOf(RoomEvent.Created.class);
  }

  @Test
  void aPublicRoomIsListedBeforeItsCreatorIsAnswered() {
    assertThat(room.create("ann", Visibility.PUBLIC)).isEqualTo(Room.DONE);

    assertThat(room.names.calls()).containsExactly("reserve lobby");
    assertThat(room.store.position(LISTING)).isEqualTo(1);
  }

  @Test
  void aTakenNameCreatesNoRoom() {
    room.names.isTaken = true;

    assertThat(room.create("ann", Visibility.PUBLIC))
        .isEqualTo(new Room.Denied(Code.ROOM_NAME_TAKEN));

    assertThat(room.journal()).isEmpty();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsUnavailableAndNotATakenName() {
    room.names.isDown = true;

    assertThat(room.create("ann", Visibility.PUBLIC)).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(room.journal()).isEmpty();
  }

  @Test
  void aReservedNameIsReleasedWhenTheChangeIsRefused() {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
    assertThat(room.perform("ann", new RoomAction.ChangeRole("bob", Role.OWNER)))
        .isEqualTo(Room.DONE);
    var reservation = room.names.holdReservations();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(new Room.Perform("bob", renamed("hall"), answer.ref()));
    assertThat(room.perform("bob", new RoomAction.ChangeRole("bob", Role.MEMBER)))
        .isEqualTo(Room.DONE);

    reservation.complete(true);

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.NOT_ALLOWED));
    assertThat(room.names.calls()).last().isEqualTo("release for lobby");
  }

  @Test
  void aNameIsReleasedWhenTheReservationIsNotAnswered() {
    room.isMade(Visibility.PUBLIC);
    var reservation = room.names.holdReservations();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(new Room.Perform("ann", renamed("hall"), answer.ref()));
    room.settled();

    reservation.completeExceptionally(new IllegalStateException("no answer"));

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(room.names.calls())
        .containsExactly("reserve lobby", "reserve hall", "release for lobby");
  }

  // joining

  @Test
  void aPasscodeAdmitsAUser() {
    assertThat(room.create("ann", Visibility.PRIVATE, Optional.of("hash of sesame")))
        .isEqualTo(Room.DONE);

    assertThat(room.join("bob", Optional.empty()))
        .isEqualTo(new Room.Denied(Code.PASSCODE_REQUIRED));
    assertThat(room.join("bob", Optional.of("wrong")))
        .isEqualTo(new Room.Denied(Code.WRONG_PASSCODE));
    assertThat(room.join("bob", Optional.of("sesame"))).isInstanceOf(Room.Done.class);
  }

  @Test
  void aPasscodeThatCannotBeCheckedIsUnavailableAndNotWrong() {
    assertThat(room.create("ann", Visibility.PRIVATE, Optional.of("hash of sesame")))
        .isEqualTo(Room.DONE);
    room.passcodes.areTooMany = true;

    assertThat(room.join("bob", Optional.of("sesame")))
        .isEqualTo(new Room.Denied(Code.UNAVAILABLE));
  }

  // posting

  @Test
  void aBatchIsCommittedThenPublishedThenAnswered() {
    room.isMade(Visibility.PRIVATE);
    var other = RoomFixture.<Room.ToRelay>probe();
    room.attach(other);
    room.attach(relay);

    room.tell(new Room.Batch(7, List.of(say("ann", "1"), say("eve", "1")), relay.ref()));

    var committed = relay.expectMessageClass(Room.Committed.class);
    assertThat(room.journal()).hasSize(2);
    assertThat(committed).isEqualTo(new Room.Committed(2, List.of(posted("ann", "1"))));
    assertThat(relay.receiveMessage())
        .isEqualTo(
            new Room.BatchDone(
                7,
                List.of(
                    new Post.Accepted(2, NOW, Optional.of(new Counts(1))),
                    new Post.Refused(Code.UNKNOWN_ROOM))));
    assertThat(other.receiveMessage()).isEqualTo(committed);
  }

  /// The first message of a conversation comes from an account.
  @Test
  void aMessageWithoutASessionIsPostedOnceAndPublished() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    var verdict = RoomFixture.<Post.Verdict>probe();
    var accepted = new Post.Accepted(2, NOW, Optional.of(new Counts(1)));

    room.tell(new Room.Submit((Post.Say) say("ann", "1"), verdict.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new Room.Committed(2, List.of(posted("ann", "1"))));
    assertThat(verdict.receiveMessage()).isEqualTo(accepted);
    room.tell(new Room.Submit((Post.Say) say("ann", "1"), verdict.ref()));
    assertThat(verdict.receiveMessage()).isEqualTo(new Post.Accepted(2, NOW));
    room.tell(new Room.Submit((Post.Say) say("eve", "1"), verdict.ref()));
    assertThat(verdict.receiveMessage()).isEqualTo(new Post.Refused(Code.UNKNOWN_ROOM));
    assertThat(room.journal()).hasSize(2);
  }

  @Test
  void aPostAttachesItsRelay() {
    room.isMade(Visibility.PRIVATE);

    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    assertThat(relay.receiveMessage()).isEqualTo(new Room.Attached(room.room(), 1));
    relay.expectMessageClass(Room.Committed.class);
    relay.expectMessageClass(Room.BatchDone.class);
  }

  @Test
  void aRetryAfterTheRoomCrashedKeepsItsSeq() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));
    relay.expectMessageClass(Room.Committed.class);
    relay.expectMessageClass(Room.BatchDone.class);

    room.diesAndWakes();
    room.attach(relay, 2);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new Room.BatchDone(1, List.of(new Post.Accepted(2, NOW))));
    assertThat(room.journal()).hasSize(2);
  }

  @Test
  void aFailedWriteIsNotAnsweredAndStopsTheRoom() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    JOURNAL.failNextPersisted(Room.persistenceId(room.id).id());

    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    relay.expectTerminated(room.room(), Duration.ofSeconds(3));
    room.wake();
    room.attach(relay, 1);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));
    assertThat(relay.expectMessageClass(Room.Committed.class).first()).isEqualTo(2);
  }

  @Test
  void anEditOfAnUnknownMessageIsRefused() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");

    room.tell(
        new Room.Batch(
            2,
            List.of(new Post.Edit("ann", "2", 2, "new"), new Post.Edit("ann", "3", 9, "new")),
            relay.ref()));

    assertThat(relay.expectMessageClass(Room.Committed.class).first()).isEqualTo(3);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).verdicts())
        .containsExactly(new Post.Accepted(3, NOW), new Post.Refused(Code.UNKNOWN_MESSAGE));
  }

  @Test
  void aConcurrentEditOfARedactedMessageIsRefused() {
    room.isMade(Visibility.PRIVATE);
    var other = RoomFixture.<Room.ToRelay>probe();
    room.attach(relay);
    room.says("ann", "1");
    room.attach(other, 2);
    var held = room.log.holdFacts();

    room.tell(
        new Room.Batch(2, List.of(new Post.Redact("ann", "2", 2, Optional.empty())), relay.ref()));
    room.tell(new Room.Batch(1, List.of(new Post.Edit("ann", "3", 2, "new")), other.ref()));
    held.complete(null);

    assertThat(other.expectMessageClass(Room.Committed.class).events().getFirst())
        .isInstanceOf(RoomEvent.Redacted.class);
    assertThat(other.receiveMessage())
        .isEqualTo(new Room.BatchDone(1, List.of(new Post.Refused(Code.MESSAGE_REDACTED))));
  }

  @Test
  void aBatchRetriedDuringItsLookUpIsQueuedOnce() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    var held = room.log.holdFacts();
    var edit = new Room.Batch(2, List.of(new Post.Edit("ann", "2", 2, "new")), relay.ref());

    for (var i = 0; i < 50; i++) room.tell(edit);
    for (var number = 3; number < 50; number++)
      room.tell(
          new Room.Batch(number, List.of(new Post.Edit("ann", "3", 2, "newer")), relay.ref()));
    room.settled();
    held.complete(null);

    relay.expectMessageClass(Room.Committed.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).number()).isEqualTo(2);
    relay.expectMessageClass(Room.Committed.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).number()).isEqualTo(49);
    assertThat(room.log.factsAsked()).isEqualTo(2);
  }

  @Test
  void aRetryRepeatsAFailedLookUp() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    var edit = new Room.Batch(2, List.of(new Post.Edit("ann", "2", 2, "new")), relay.ref());
    var held = room.log.holdFacts();
    room.tell(edit);
    held.completeExceptionally(new IllegalStateException("no database"));
    room.settled();

    room.tell(edit);

    relay.expectMessageClass(Room.Committed.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).number()).isEqualTo(2);
  }

  // retries of older posts

  @Test
  void aRetryOfAnOlderPostKeepsItsSeq() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    laterPosts(30);

    room.tell(new Room.Batch(2, List.of(say("ann", "1"), say("ann", "2")), relay.ref()));

    assertThat(relay.expectMessageClass(Room.Committed.class).events()).hasSize(1);
    assertThat(relay.receiveMessage())
        .isEqualTo(
            new Room.BatchDone(
                2,
                List.of(
                    new Post.Accepted(2, NOW),
                    new Post.Accepted(33, NOW, Optional.of(new Counts(32))))));
  }

  @Test
  void aRetryOfAnOlderPostKeepsItsSeqAfterASnapshot() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    laterPosts(110);
    room.diesAndWakes();
    room.attach(relay, 112);

    room.tell(new Room.Batch(2, List.of(say("ann", "1")), relay.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new Room.BatchDone(2, List.of(new Post.Accepted(2, NOW))));
    assertThat(room.journal()).hasSize(112);
  }

  @Test
  void theFirstMessageOfAConversationIsRecognizedWhenItIsOld() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    laterPosts(30);
    var verdict = RoomFixture.<Post.Verdict>probe();

    room.tell(new Room.Submit((Post.Say) say("ann", "1"), verdict.ref()));

    assertThat(verdict.receiveMessage()).isEqualTo(new Post.Accepted(2, NOW));
  }

  /// The retried post is one of the latest when the edit is looked up, and an older one when it is
  /// decided.
  @Test
  void aPostThatBecomesOlderDuringALookUpIsLookedUpAgain() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    room.says("ann", "1");
    var held = room.log.holdFacts();
    var edit = new Post.Edit("ann", "2", 2, "new");
    room.tell(new Room.Batch(2, List.of(say("ann", "1"), edit), relay.ref()));
    var other = RoomFixture.<Room.ToRelay>probe();
    room.attach(other, 2);
    for (var i = 0; i < 30; i++) {
      room.tell(new Room.Batch(i, List.of(say("ann", "later-" + i)), other.ref()));
      relay.expectMessageClass(Room.Committed.class);
    }

    held.complete(null);

    assertThat(relay.expectMessageClass(Room.Committed.class).events())
        .containsExactly(new RoomEvent.Edited("ann", NOW, "2", 2, "new"));
    assertThat(relay.receiveMessage())
        .isEqualTo(
            new Room.BatchDone(2, List.of(new Post.Accepted(2, NOW), new Post.Accepted(33, NOW))));
  }

  private void laterPosts(int count) {
    for (var i = 0; i < count; i++) room.says("ann", "later-" + i);
  }

  // leaving

  @Test
  void kickedAndBannedMembersAreExpelled() throws InterruptedException {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
    assertThat(room.join("cyd")).isInstanceOf(Room.Done.class);

    assertThat(room.perform("ann", new RoomAction.Kick("bob", Optional.empty())))
        .isEqualTo(Room.DONE);
    assertThat(room.perform("ann", new RoomAction.Ban("cyd", Optional.empty())))
        .isEqualTo(Room.DONE);

    assertThat(room.expelled.take()).isEqualTo("bob");
    assertThat(room.expelled.take()).isEqualTo("cyd");
  }

  @Test
  void onlyMembersAreAdmitted() {
    room.isMade(Visibility.PUBLIC);

    room.tell(new Room.Admit("ann", relay.ref()));
    room.tell(new Room.Admit("eve", relay.ref()));

    assertThat(relay.receiveMessage()).isEqualTo(new Room.Admission("ann", Optional.empty(), 1));
    assertThat(relay.receiveMessage())
        .isEqualTo(new Room.Admission("eve", Optional.of(Code.NOT_A_MEMBER), 1));
  }

  @Test
  void aDeletedRoomRefusesEverythingEvenAfterItsRestart() {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
    assertThat(room.perform("ann", new RoomAction.Delete())).isEqualTo(Room.DONE);
    assertThat(room.expelled).containsExactlyInAnyOrder("ann", "bob");
    assertThat(room.store.position(LISTING)).isEqualTo(3);

    for (var again = 0; again < 2; again++) {
      assertThat(room.join("bob")).isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      assertThat(room.create("ann", Visibility.PUBLIC))
          .isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      assertThat(room.perform("ann", new RoomAction.Delete()))
          .isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      room.tell(new Room.Attach(relay.ref()));
      assertThat(relay.receiveMessage()).isEqualTo(new Room.NoRoom());
      var answer = RoomFixture.<RoomView.Answer>probe();
      room.tell(new Room.Look(new RoomView.Description("ann"), answer.ref()));
      assertThat(answer.receiveMessage()).isEqualTo(new RoomView.Denied(Code.UNKNOWN_ROOM));
      room.diesAndWakes();
    }
  }

  /// A former incarnation may have written it after this one had read the log.
  @Test
  void aRoomEndsIfTheLogHasAnEntryThatItDoesNotKnow() {
    room.isMade(Visibility.PUBLIC);
    room.tell(new Room.LogReaches(1));
    room.settled();

    room.tell(new Room.LogReaches(2));

    probe().expectTerminated(room.room());
    room.wake();
  }

  @Test
  void onlyARoomWithoutRelaysIsPassivated() {
    room.isMade(Visibility.PRIVATE);
    room.attach(relay);
    TIME.timePasses(IDLE);
    room.settled();
    room.shard.expectNoMessage(Duration.ZERO);

    relay.stop();
    probe()
        .awaitAssert(() -> {
          TIME.timePasses(IDLE);
          return room.shard.expectMessageClass(
              ClusterSharding.Passivate.class, Duration.ofMillis(100));
        });
  }

  @Test
  void aRoomUsedSinceTheLastIdleCheckStaysAwakeUntilTheNext() {
    room.isMade(Visibility.PRIVATE);
    TIME.timePasses(IDLE);
    TIME.timePasses(IDLE);
    room.settled();

    room.shard.expectMessageClass(ClusterSharding.Passivate.class);
    room.shard.expectNoMessage(Duration.ZERO);
  }

  @Test
  void theReplyToAJoinHasTheRoomsPosition() {
    room.create("ann", Visibility.PUBLIC);
    room.attach(relay, 1);
    room.says("ann", "a", "hello");

    assertThat(room.join("bob")).isEqualTo(new Room.Done(Optional.of(new Place(3, new Counts(1)))));
  }
}
