package kith.node.core.relay;

import static java.util.stream.Collectors.toSet;
import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Post;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomLog;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.receipts.RelayReceipts;
import kith.node.feature.receipts.RoomReceipts;
import kith.node.feature.typing.RelayTyping;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.metrics.RoomMetrics;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A relay of a room whose log has ten entries when it attaches.
class RoomRelayTest {
  private static final ActorTestKit KIT = LocalActors.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration LEASE = Duration.ofSeconds(30);

  static final NodeSettings.Rooms SETTINGS =
      new NodeSettings.Rooms(
          10,
          5,
          5,
          4,
          8,
          100_000,
          3,
          10_000,
          Duration.ofSeconds(10),
          RETRY,
          LEASE,
          Duration.ofMinutes(2),
          100,
          new NodeSettings.Idempotency(10, 80, Duration.ofHours(1)));

  private final TestClock clock = new TestClock();
  private final FakeRoomLog log = new FakeRoomLog();

  /// What is sent to the room by its name, and the room that answers.
  private final TestProbe<Room.Command> sharding = KIT.createTestProbe();

  private final TestProbe<Room.Command> room = KIT.createTestProbe();
  private final TestProbe<Relays.Command> relays = KIT.createTestProbe();
  private final ActorRef<RoomRelay.Command> relay =
      KIT.spawn(
          RoomRelay.create(
              "r1",
              new TestReach(),
              new WebSocketFraming(),
              RelayParts.Kinds.of(List.of(RelayReceipts.factory(), RelayTyping.factory())),
              relays.ref()));

  private final class TestReach implements RoomAccess {
    @Override
    public void tell(String name, Room.Command command) {
      sharding.ref().tell(command);
    }

    @Override
    public NodeSettings.Rooms settings() {
      return SETTINGS;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public RoomLog log() {
      return log;
    }

    @Override
    public RoomMetrics metrics() {
      return new Metrics().rooms();
    }
  }

  private void fromRoom(Room.ToRelay message) {
    relay.tell(new RoomRelay.FromRoom(message));
  }

  @AfterEach
  void stopTheRelay() {
    KIT.stop(relay);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  // coming in

  @Test
  void whoTheRoomAdmitsIsIn() {
    attached();
    var ann = opens("ann");

    admits("ann");

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Opened("r1", relay, 10));
  }

  @Test
  void whoTheRoomDoesNotAdmitIsToldWhyAndGetsNothing() {
    attached();
    var eve = opens("eve");

    fromRoom(new Room.Admission("eve", Optional.of(Code.NOT_A_MEMBER), 10));

    assertThat(eve.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));
    relay.tell(new RoomRelay.Read(0, 1, eve.ref()));
    assertThat(eve.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.NOT_A_MEMBER));
  }

  @Test
  void whoComesBeforeTheRoomIsFoundWaitsForIt() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));

    attached(room, 10);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("ann");
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);
  }

  @Test
  void aRoomThatCannotBeReachedIsUnavailableAfterTheDeadline() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));
    settled();

    for (var i = 0; i < 5; i++) passes(RETRY);

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.UNAVAILABLE));
  }

  @Test
  void aLostAdmissionIsAskedForAgain() {
    attached();
    var ann = opens("ann");

    passes(RETRY);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("ann");
    admits("ann");
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);
    isNowLive(ann, 10);
  }

  @Test
  void aRoomThatIsNotThereIsUnknownAndTheRelayGoes() {
    sharding.expectMessageClass(Room.Attach.class);
    var ann = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open("ann", ann.ref()));

    fromRoom(new Room.NoRoom());

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.UNKNOWN_ROOM));
    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 1));
  }

  @Test
  void closingAndOpeningInOneBreathStaysLive() {
    attached();
    var ann = listens("ann");

    relay.tell(new RoomRelay.Open("ann", ann.ref()));
    sharding.expectMessageClass(Room.Admit.class);
    admits("ann");
    ann.expectMessageClass(RoomRelay.Opened.class);

    commits(11, 11);
    sees(ann, 11, 11);
  }

  // what is committed

  @Test
  void eachCommitGoesToEveryListenerInTheSameBytes() {
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
  void whoHasNotReadToTheEndGetsNothingUnasked() {
    attached();
    var ann = enters("ann");

    commits(11, 11);

    relay.tell(new RoomRelay.Read(10, 1, ann.ref()));
    assertThat(ann.expectMessageClass(RoomRelay.Chunk.class).first()).isEqualTo(11);
  }

  @Test
  void whatIsCommittedTwiceIsSeenOnce() {
    attached();
    var ann = listens("ann");

    commits(11, 12);
    commits(11, 12);
    commits(12, 13);
    commits(14, 14);

    sees(ann, 11, 14);
  }

  @Test
  void whatWasMissedIsReadFromTheLogWithoutAHoleOrADouble() {
    attached();
    var ann = listens("ann");

    // eleven to eighteen were lost on their way
    log.saysUpTo(19);
    commits(19, 19);
    sees(ann, 11, 19);

    commits(17, 18);
    commits(20, 20);
    sees(ann, 20, 20);
  }

  @Test
  void whatIsCommittedWhileTheMissedIsReadComesAfterIt() {
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
  void aRoomThatDiesIsFoundAgainAndNothingIsLost() {
    attached();
    var ann = listens("ann");
    log.saysUpTo(15);

    room.stop();

    sharding.expectMessageClass(Room.Attach.class);
    attached(KIT.createTestProbe(), 15);
    sees(ann, 11, 15);
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

  // who goes

  @Test
  void whoIsKickedGetsTheKickAndThenNothing() {
    attached();
    var ann = listens("ann");
    var bob = listens("bob");

    fromRoom(new Room.Committed(11, List.of(said("ann", "a", "bye"), kicked("ann", "bob"))));
    commits(13, 13);

    sees(bob, 11, 12);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.KICKED));
    relay.tell(new RoomRelay.Read(12, 9, bob.ref()));
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.NOT_A_MEMBER));
    sees(ann, 11, 12);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(ann, 13, 13);
  }

  @Test
  void whoIsKickedInAPageThatWasMissedGetsNothingOfWhatFollowsInIt() {
    attached();
    var ann = listens("ann");
    var bob = listens("bob");
    log.says("ann", "bye");
    log.add(kicked("ann", "bob"));
    log.says("ann", "now that he is gone");

    commits(13, 13);

    sees(bob, 11, 12);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.KICKED));
    sees(ann, 11, 12);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(ann, 13, 13);
  }

  @Test
  void allSessionsOfWhoeverGoesAreClosed() {
    attached();
    var phone = listens("bob");
    var laptop = enters("bob");

    fromRoom(new Room.Committed(11, List.of(RoomHistory.banned("ann", "bob"))));

    sees(phone, 11, 11);
    assertThat(phone.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.BANNED));
    assertThat(laptop.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.BANNED));
  }

  @Test
  void whoHasGoneIsNotAmongThoseWhoHaveReadIt() {
    attached();
    var ann = listens("ann");
    relay.tell(new RelayReceipts.Report(receipt("bob")));
    fromRoom(new RoomReceipts.Changed(List.of(receipt("ann"), receipt("bob"))));
    fromRoom(new Room.Committed(11, List.of(kicked("ann", "bob"))));
    sees(ann, 11, 11);
    ann.expectMessageClass(RoomRelay.Departed.class);

    relay.tell(new RelayReceipts.Subscribe(ann.ref()));
    // the room lives elsewhere now, and is told again what was said here
    attached(KIT.createTestProbe(), 11);

    assertThat(ann.receiveMessage())
        .isEqualTo(new RelayReceipts.Changed("r1", List.of(receipt("ann"))));
    sharding.fishForMessage(
        Duration.ofSeconds(3),
        it -> {
          assertThat(it).isNotInstanceOf(RoomReceipts.Report.class);
          return it instanceof RoomReceipts.Subscribe
              ? FishingOutcomes.complete()
              : FishingOutcomes.continueAndIgnore();
        });
  }

  @Test
  void whatIsSaidAgainIsNotMoreThanThereWas() {
    attached();
    relay.tell(new RelayReceipts.Report(new Receipt("bob", Long.MAX_VALUE, 3, PrivacyPolicy.OPEN)));
    attached(KIT.createTestProbe(), 12);

    assertThat(hears())
        .isEqualTo(new RoomReceipts.Report(List.of(new Receipt("bob", 10, 3, PrivacyPolicy.OPEN))));
  }

  @Test
  void whatIsSaidAgainOfVeryManyGoesInPortions() {
    attached();
    var blocked = IntStream.range(0, 1_000).mapToObj(it -> "eve" + it).collect(toSet());
    var terms = new PrivacyPolicy(blocked, PrivacySettings.OPEN, 1);
    for (var it = 0; it < 9; it++)
      relay.tell(new RelayReceipts.Report(new Receipt("ann" + it, 10, 10, terms)));

    attached(KIT.createTestProbe(), 12);

    assertThat(hears().receipts()).hasSize(7);
    assertThat(hears().receipts()).hasSize(2);
  }

  private RoomReceipts.Report hears() {
    return (RoomReceipts.Report)
        sharding
            .fishForMessage(
                Duration.ofSeconds(3),
                it ->
                    it instanceof RoomReceipts.Report
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore())
            .getLast();
  }

  private static Receipt receipt(String user) {
    return new Receipt(user, 10, 10, PrivacyPolicy.OPEN);
  }

  @Test
  void aDeletedRoomClosesForAll() {
    attached();
    var ann = listens("ann");

    fromRoom(new Room.Committed(11, List.of(RoomHistory.deleted("ann"))));

    sees(ann, 11, 11);
    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.Closed("r1", Code.ROOM_DELETED));
    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 1));
  }

  @Test
  void aRelayWithoutListenersGoesAfterAWhile() {
    attached();
    var ann = listens("ann");

    ann.stop();
    // whatever was told before is dealt with when this is answered
    var bob = opens("bob");
    fromRoom(new Room.Admission("bob", Optional.of(Code.NOT_A_MEMBER), 10));
    bob.expectMessageClass(RoomRelay.NotOpened.class);
    for (var i = 0; i < 2; i++) passes(LEASE);

    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Leaving("r1", relay, 2));
  }

  @Test
  void whoWaitsWhenTheRelayStopsIsSentToTheNext() {
    attached();
    var ann = KIT.<ToSession>createTestProbe();
    var open = new RoomRelay.Open("ann", ann.ref());
    relay.tell(open);

    relay.tell(new RoomRelay.Stop());

    assertThat(relays.receiveMessage()).isEqualTo(new Relays.Open("r1", open));
  }

  @Test
  void postsWithoutAnAnswerAreGivenBackWhenTheRelayStops() {
    attached();
    var ann = listens("ann");
    posts(ann, "1");
    posts(ann, "2");

    relay.tell(new RoomRelay.Stop());

    assertThat(ann.receiveMessage()).isEqualTo(refused("1", Code.UNAVAILABLE));
    assertThat(ann.receiveMessage()).isEqualTo(refused("2", Code.UNAVAILABLE));
  }

  @Test
  void anAdmissionThatIsOlderThanWhatTheRelayHasIsAskedForAgain() {
    attached();
    var ann = listens("ann");
    var bob = opens("bob");
    // the relay reads in the log what the room had not said yet when it admitted bob
    log.add(kicked("ann", "bob"));
    attached(room, 11);
    sees(ann, 11, 11);

    admits("bob", 10);

    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo("bob");
    fromRoom(new Room.Admission("bob", Optional.of(Code.NOT_A_MEMBER), 11));
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));
  }

  @Test
  void whoCameBackIsNotSentAwayByWhatTheRelayHadMissed() {
    attached();
    log.add(kicked("ann", "bob"));
    log.add(RoomHistory.joined("bob"));
    log.says("ann", "welcome back");
    var bob = opens("bob");
    admits("bob", 12);
    bob.expectMessageClass(RoomRelay.Opened.class);
    isNowLive(bob, 10);

    commits(13, 13);

    sees(bob, 11, 11);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Departed("r1", "bob"));
    sees(bob, 12, 13);
    assertThat(bob.receiveMessage()).isEqualTo(new RoomRelay.Arrived("r1", "bob"));
    commits(14, 14);
    sees(bob, 14, 14);
  }

  // posting

  @Test
  void whatComesWhileABatchIsUnderWayIsTheNextBatch() {
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
  void aBatchWithoutAnAnswerIsSentAgainUnderItsNumber() {
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
  void aBatchUnderWayIsSentAtOnceToARoomThatMoved() {
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
  void tooManyPostsWaitingAreRefused() {
    attached();
    var ann = listens("ann");
    for (var i = 0; i < 1 + PostQueue.BATCHES_WAITING * SETTINGS.batchEntries(); i++)
      posts(ann, "p" + i);

    posts(ann, "one more");

    assertThat(ann.receiveMessage()).isEqualTo(refused("one more", Code.RATE_LIMITED));
  }

  @Test
  void whoHasNotOpenedTheRoomDoesNotPost() {
    attached();
    var eve = KIT.<ToSession>createTestProbe();

    posts(eve, "1");

    assertThat(eve.receiveMessage()).isEqualTo(refused("1", Code.ROOM_NOT_OPEN));
  }

  // reading

  @Test
  void atTheEndThereIsNothingAndItIsLive() {
    attached();
    var ann = enters("ann");

    isNowLive(ann, 10);
  }

  @Test
  void whatIsInTheBufferComesInChunksToTheEnd() {
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
  void whatIsOlderIsOnlyInTheLogAndOnlyUpToWhereTheRelayIs() {
    attached();
    var ann = enters("ann");

    relay.tell(new RoomRelay.Read(3, 5, ann.ref()));

    assertThat(ann.receiveMessage()).isEqualTo(new RoomRelay.OnlyInLog("r1", 5, 3, 10));
  }

  @Test
  void whoGoesBackIsNotLiveUntilItHasReadOn() {
    attached();
    var ann = listens("ann");

    relay.tell(new RoomRelay.Read(3, 5, ann.ref()));
    ann.expectMessageClass(RoomRelay.OnlyInLog.class);
    commits(11, 11);

    assertThat(reads(ann, 10).first()).as("nothing came in between").isEqualTo(11);
  }

  @Test
  void aRedactedTextIsNotGivenToWhoeverReadsLater() {
    attached();
    var ann = enters("ann");
    fromRoom(new Room.Committed(11, List.of(said("ann", "a", "secret"))));
    fromRoom(new Room.Committed(12, List.of(RoomHistory.redacted("ann", "b", 11))));

    assertThat(reads(ann, 10).frame().utf8String()).contains("redaction").doesNotContain("secret");
  }

  // the words of this test

  private void attached() {
    log.saysUpTo(10);
    sharding.expectMessageClass(Room.Attach.class);
    attached(room, 10);
  }

  private void attached(TestProbe<Room.Command> to, long lastSeq) {
    fromRoom(new Room.Attached(to.ref(), lastSeq));
  }

  private TestProbe<ToSession> opens(String user) {
    var session = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open(user, session.ref()));
    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo(user);
    return session;
  }

  private void admits(String user) {
    admits(user, 10);
  }

  private void admits(String user, long seq) {
    fromRoom(new Room.Admission(user, Optional.empty(), seq));
  }

  private TestProbe<ToSession> enters(String user) {
    var session = opens(user);
    admits(user);
    session.expectMessageClass(RoomRelay.Opened.class);
    return session;
  }

  private TestProbe<ToSession> listens(String user) {
    var session = enters(user);
    isNowLive(session, 10);
    return session;
  }

  private void isNowLive(TestProbe<ToSession> session, long last) {
    var chunk = reads(session, last);
    assertThat(chunk.frame().isEmpty()).isTrue();
    assertThat(chunk.last()).isEqualTo(last);
    assertThat(chunk.isLive()).isTrue();
  }

  private RoomRelay.Chunk reads(TestProbe<ToSession> session, long after) {
    relay.tell(new RoomRelay.Read(after, 1, session.ref()));
    return session.expectMessageClass(RoomRelay.Chunk.class);
  }

  private void commits(long first, long last) {
    var events =
        LongStream.rangeClosed(first, last)
            .mapToObj(seq -> said("ann", "id-" + seq, "m" + seq))
            .toList();
    fromRoom(new Room.Committed(first, events));
  }

  private static void sees(TestProbe<ToSession> session, long first, long last) {
    for (var next = first; next <= last; ) {
      var published = session.expectMessageClass(RoomRelay.Published.class);
      assertThat(published.first()).isEqualTo(next);
      next = published.last() + 1;
      assertThat(next).isLessThanOrEqualTo(last + 1);
    }
  }

  private void posts(TestProbe<ToSession> session, String id) {
    var say = new Post.Say("ann", id, "hello", OptionalLong.empty());
    relay.tell(new RoomRelay.Submit(say, session.ref()));
  }

  private List<String> batch() {
    return sharding.expectMessageClass(Room.Batch.class).posts().stream().map(Post::id).toList();
  }

  private void answers(long batch, long seq) {
    fromRoom(new Room.BatchDone(batch, List.of(new Post.Accepted(seq, NOW))));
  }

  private static RoomRelay.Answered refused(String id, Code code) {
    return new RoomRelay.Answered("r1", id, new Post.Refused(code));
  }

  private void awaitReads(int count) {
    KIT.createTestProbe()
        .awaitAssert(() -> {
          assertThat(log.readsAfter()).hasSize(count);
          return count;
        });
  }

  /// Everything told to the relay so far has been dealt with.
  private void settled() {
    var nobody = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Read(0, 1, nobody.ref()));
    nobody.expectMessageClass(RoomRelay.Closed.class);
  }

  private void passes(Duration duration) {
    clock.advance(duration);
    TIME.timePasses(duration);
  }
}
