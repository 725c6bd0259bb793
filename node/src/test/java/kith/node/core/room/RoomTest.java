package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.relay.RoomRelay;
import kith.node.feature.directory.RoomDirectory;
import kith.node.feature.inbox.RoomSummary;
import kith.node.feature.mentions.Mention;
import kith.node.feature.mentions.TestMentions;
import kith.node.feature.receipts.Receipt;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.privacy.ReceiptPrivacy;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.ShownTo;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final ActorTestKit KIT =
      LocalActors.create(
          PersistenceTestKitPlugin.config(),
          PersistenceTestKitSnapshotPlugin.config(),
          ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final NodeSettings.Rooms SETTINGS =
      new NodeSettings.Rooms(
          10,
          5,
          5,
          50,
          8,
          100_000,
          3,
          10_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          IDLE,
          100,
          new NodeSettings.Idempotency(10, 80, Duration.ofHours(1)));

  private final String id = Rooms.newId();
  private final TestDirectory directory = new TestDirectory();
  private final TestPasscodes passcodes = new TestPasscodes();
  private final JournalLog log = new JournalLog();
  private final BlockingQueue<RoomSummary> news = new LinkedBlockingQueue<>();
  private final TestMentions mentions = new TestMentions();
  private final List<Receipt> kept = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> expelled = new LinkedBlockingQueue<>();
  private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
  private final TestProbe<RoomRelay.FromRoom> relay = KIT.createTestProbe();
  private final Metrics metrics = new Metrics();
  private ActorRef<Room.Command> room = wake();

  private ActorRef<Room.Command> wake() {
    var world =
        new RoomContext(
            SETTINGS,
            new TestClock(),
            log,
            directory,
            passcodes,
            (user, from) -> expelled.add(user),
            metrics.rooms(),
            news::add,
            mentions,
            _ -> CompletableFuture.completedFuture(kept));
    return KIT.spawn(Room.create(id, world, shard.ref()));
  }

  @AfterEach
  void stopTheRoom() {
    KIT.stop(room);
    assertThat(figures()).as("rooms awake when none is left").contains("\nkith_rooms 0.0\n");
  }

  private String figures() {
    return new String(metrics.exposition().text(Optional.empty()).bytes(), StandardCharsets.UTF_8);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  // making

  @Test
  void aRoomIsMadeOnceAndItsMakerMayAskAgain() {
    assertThat(create("ann", Visibility.PRIVATE)).isEqualTo(Room.DONE);
    assertThat(create("ann", Visibility.PRIVATE)).isEqualTo(Room.DONE);
    assertThat(create("eve", Visibility.PRIVATE)).isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));

    assertThat(journal()).hasSize(1).first().isInstanceOf(RoomEvent.Created.class);
  }

  @Test
  void aPublicRoomIsListedWhenItsMakerIsAnswered() {
    assertThat(create("ann", Visibility.PUBLIC)).isEqualTo(Room.DONE);

    assertThat(directory.done()).containsExactly("claim lobby", "put 1");
  }

  @Test
  void aNameThatIsTakenMakesNoRoom() {
    directory.taken = true;

    assertThat(create("ann", Visibility.PUBLIC)).isEqualTo(new Room.Denied(Code.ROOM_NAME_TAKEN));

    assertThat(journal()).isEmpty();
  }

  @Test
  void aDirectoryThatDoesNotAnswerIsNotANameThatIsTaken() {
    directory.isDown = true;

    assertThat(create("ann", Visibility.PUBLIC)).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(journal()).isEmpty();
  }

  @Test
  void aNewNameThatWasClaimedInVainIsGivenBack() {
    isMade(Visibility.PUBLIC);
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    assertThat(perform("ann", new RoomAction.ChangeRole("bob", Role.OWNER))).isEqualTo(Room.DONE);
    var claim = directory.holdClaims();
    var answer = KIT.<Room.Outcome>createTestProbe();
    room.tell(new Room.Perform("bob", renamed("hall"), answer.ref()));
    assertThat(perform("bob", new RoomAction.ChangeRole("bob", Role.MEMBER))).isEqualTo(Room.DONE);

    claim.complete(true);

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.NOT_ALLOWED));
    assertThat(directory.done()).last().isEqualTo("put 4");
  }

  @Test
  void aNewNameThatMayHaveBeenClaimedIsGivenBack() {
    isMade(Visibility.PUBLIC);
    var claim = directory.holdClaims();
    var answer = KIT.<Room.Outcome>createTestProbe();
    room.tell(new Room.Perform("ann", renamed("hall"), answer.ref()));
    settled();

    claim.completeExceptionally(new IllegalStateException("no answer"));

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(directory.done()).containsExactly("claim lobby", "put 1", "claim hall", "put 1");
  }

  // joining

  @Test
  void aPasscodeOpensTheDoor() {
    assertThat(create("ann", Visibility.PRIVATE, Optional.of("hash of sesame")))
        .isEqualTo(Room.DONE);

    assertThat(join("bob", Optional.empty())).isEqualTo(new Room.Denied(Code.PASSCODE_REQUIRED));
    assertThat(join("bob", Optional.of("wrong"))).isEqualTo(new Room.Denied(Code.WRONG_PASSCODE));
    assertThat(join("bob", Optional.of("sesame"))).isInstanceOf(Room.Done.class);
  }

  @Test
  void aPasscodeThatCouldNotBeCheckedIsNotAWrongOne() {
    assertThat(create("ann", Visibility.PRIVATE, Optional.of("hash of sesame")))
        .isEqualTo(Room.DONE);
    passcodes.areTooMany = true;

    assertThat(join("bob", Optional.of("sesame"))).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
  }

  // posting

  @Test
  void aBatchIsCommittedThenToldToTheRelaysThenAnswered() {
    isMade(Visibility.PRIVATE);
    var other = KIT.<RoomRelay.FromRoom>createTestProbe();
    attach(other);
    attach(relay);

    room.tell(new Room.Batch(7, List.of(say("ann", "1"), say("eve", "1")), relay.ref()));

    var committed = relay.expectMessageClass(RoomRelay.Committed.class);
    assertThat(journal()).hasSize(2);
    assertThat(committed).isEqualTo(new RoomRelay.Committed(2, List.of(posted("ann", "1"))));
    assertThat(relay.receiveMessage())
        .isEqualTo(
            new RoomRelay.BatchDone(
                7,
                List.of(
                    new Post.Accepted(2, NOW, Optional.of(new Counts(1))),
                    new Post.Refused(Code.UNKNOWN_ROOM))));
    assertThat(other.receiveMessage()).isEqualTo(committed);
  }

  @Test
  void aRelayThatPostsIsAttachedByThat() {
    isMade(Visibility.PRIVATE);

    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    assertThat(relay.receiveMessage()).isEqualTo(new RoomRelay.Attached(room, 1));
    relay.expectMessageClass(RoomRelay.Committed.class);
    relay.expectMessageClass(RoomRelay.BatchDone.class);
  }

  @Test
  void aRetryAfterTheRoomDiedKeepsItsSeq() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));
    relay.expectMessageClass(RoomRelay.Committed.class);
    relay.expectMessageClass(RoomRelay.BatchDone.class);

    KIT.stop(room);
    room = wake();
    attach(relay, 2);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new RoomRelay.BatchDone(1, List.of(new Post.Accepted(2, NOW))));
    assertThat(journal()).hasSize(2);
  }

  @Test
  void whatCannotBeWrittenIsNotAnsweredAndTheRoomStops() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    JOURNAL.failNextPersisted(Room.persistenceId(id).id());

    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));

    relay.expectTerminated(room, Duration.ofSeconds(3));
    room = wake();
    attach(relay, 1);
    room.tell(new Room.Batch(1, List.of(say("ann", "1")), relay.ref()));
    assertThat(relay.expectMessageClass(RoomRelay.Committed.class).first()).isEqualTo(2);
  }

  @Test
  void anEditNeedsToKnowItsMessage() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "1");

    room.tell(
        new Room.Batch(
            2,
            List.of(new Post.Edit("ann", "2", 2, "new"), new Post.Edit("ann", "3", 9, "new")),
            relay.ref()));

    assertThat(relay.expectMessageClass(RoomRelay.Committed.class).first()).isEqualTo(3);
    assertThat(relay.expectMessageClass(RoomRelay.BatchDone.class).verdicts())
        .containsExactly(new Post.Accepted(3, NOW), new Post.Refused(Code.UNKNOWN_MESSAGE));
  }

  @Test
  void whatOneNodeRedactsAnotherDoesNotEditAtTheSameTime() {
    isMade(Visibility.PRIVATE);
    var other = KIT.<RoomRelay.FromRoom>createTestProbe();
    attach(relay);
    says("ann", "1");
    attach(other, 2);
    var held = log.holdFacts();

    room.tell(
        new Room.Batch(2, List.of(new Post.Redact("ann", "2", 2, Optional.empty())), relay.ref()));
    room.tell(new Room.Batch(1, List.of(new Post.Edit("ann", "3", 2, "new")), other.ref()));
    held.complete(null);

    assertThat(other.expectMessageClass(RoomRelay.Committed.class).events().getFirst())
        .isInstanceOf(RoomEvent.Redacted.class);
    assertThat(other.receiveMessage())
        .isEqualTo(new RoomRelay.BatchDone(1, List.of(new Post.Refused(Code.MESSAGE_REDACTED))));
  }

  @Test
  void aBatchThatIsSentAgainWhileItIsLookedUpWaitsOnce() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "1");
    var held = log.holdFacts();
    var edit = new Room.Batch(2, List.of(new Post.Edit("ann", "2", 2, "new")), relay.ref());

    for (var i = 0; i < 50; i++) room.tell(edit);
    for (var number = 3; number < 50; number++)
      room.tell(
          new Room.Batch(number, List.of(new Post.Edit("ann", "3", 2, "newer")), relay.ref()));
    settled();
    held.complete(null);

    relay.expectMessageClass(RoomRelay.Committed.class);
    assertThat(relay.expectMessageClass(RoomRelay.BatchDone.class).number()).isEqualTo(2);
    relay.expectMessageClass(RoomRelay.Committed.class);
    assertThat(relay.expectMessageClass(RoomRelay.BatchDone.class).number()).isEqualTo(49);
    assertThat(log.factsAsked()).isEqualTo(2);
  }

  @Test
  void aLookUpThatFailedIsMadeGoodByTheRetry() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "1");
    var edit = new Room.Batch(2, List.of(new Post.Edit("ann", "2", 2, "new")), relay.ref());
    var held = log.holdFacts();
    room.tell(edit);
    held.completeExceptionally(new IllegalStateException("no database"));
    settled();

    room.tell(edit);

    relay.expectMessageClass(RoomRelay.Committed.class);
    assertThat(relay.expectMessageClass(RoomRelay.BatchDone.class).number()).isEqualTo(2);
  }

  // who goes

  @Test
  void whoIsKickedOrBannedIsExpelled() throws InterruptedException {
    isMade(Visibility.PUBLIC);
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    assertThat(join("cyd")).isInstanceOf(Room.Done.class);

    assertThat(perform("ann", new RoomAction.Kick("bob", Optional.empty()))).isEqualTo(Room.DONE);
    assertThat(perform("ann", new RoomAction.Ban("cyd", Optional.empty()))).isEqualTo(Room.DONE);

    assertThat(expelled.take()).isEqualTo("bob");
    assertThat(expelled.take()).isEqualTo("cyd");
  }

  @Test
  void whoIsAdmittedIsAMember() {
    isMade(Visibility.PUBLIC);

    room.tell(new Room.Admit("ann", relay.ref()));
    room.tell(new Room.Admit("eve", relay.ref()));

    assertThat(relay.receiveMessage())
        .isEqualTo(new RoomRelay.Admission("ann", Optional.empty(), 1));
    assertThat(relay.receiveMessage())
        .isEqualTo(new RoomRelay.Admission("eve", Optional.of(Code.NOT_A_MEMBER), 1));
  }

  @Test
  void aDeletedRoomRefusesEverythingAlsoWhenItWakesAgain() {
    isMade(Visibility.PUBLIC);
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    assertThat(perform("ann", new RoomAction.Delete())).isEqualTo(Room.DONE);
    assertThat(expelled).containsExactlyInAnyOrder("ann", "bob");
    assertThat(directory.done()).last().isEqualTo("remove");

    for (var again = 0; again < 2; again++) {
      assertThat(join("bob")).isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      assertThat(create("ann", Visibility.PUBLIC)).isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      assertThat(perform("ann", new RoomAction.Delete()))
          .isEqualTo(new Room.Denied(Code.UNKNOWN_ROOM));
      room.tell(new Room.Attach(relay.ref()));
      assertThat(relay.receiveMessage()).isEqualTo(new RoomRelay.NoRoom());
      var answer = KIT.<RoomView.Answer>createTestProbe();
      room.tell(new Room.Look(new RoomView.Description("ann"), answer.ref()));
      assertThat(answer.receiveMessage()).isEqualTo(new RoomView.Denied(Code.UNKNOWN_ROOM));
      KIT.stop(room);
      room = wake();
    }
  }

  @Test
  void aLateWriteToTheDirectoryDoesNotBringBackADeletedRoom() {
    isMade(Visibility.PUBLIC);
    var put = directory.holdPuts();
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    TIME.timePasses(Duration.ofSeconds(1));
    var deleted = KIT.<Room.Outcome>createTestProbe();
    room.tell(new Room.Perform("ann", new RoomAction.Delete(), deleted.ref()));
    settled();

    assertThat(directory.done()).last().isEqualTo("put 2");
    put.complete(null);

    deleted.receiveMessage();
    assertThat(directory.done()).last().isEqualTo("remove");
  }

  @Test
  void aRoomWithoutRelaysFallsAsleepAndOneWithThemDoesNot() {
    isMade(Visibility.PRIVATE);
    attach(relay);
    TIME.timePasses(IDLE);
    settled();
    shard.expectNoMessage(Duration.ZERO);

    relay.stop();
    KIT.createTestProbe()
        .awaitAssert(() -> {
          TIME.timePasses(IDLE);
          return shard.expectMessageClass(ClusterSharding.Passivate.class, Duration.ofMillis(100));
        });
  }

  @Test
  void aRoomUsedSinceTheLastIdleCheckStaysAwakeUntilTheNext() {
    isMade(Visibility.PRIVATE);
    TIME.timePasses(IDLE);
    TIME.timePasses(IDLE);
    settled();

    shard.expectMessageClass(ClusterSharding.Passivate.class);
    shard.expectNoMessage(Duration.ZERO);
  }

  // mentions

  @Test
  void whoIsNamedIsToldWhenItIsWrittenDown() throws InterruptedException {
    isMade(Visibility.PUBLIC);
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    attach(relay, 2);

    says("bob", "a", "hello @ann and @nobody, and @room");

    var mention = new Mention(3, "bob", List.of("ann"));
    assertThat(mentionsInNews()).containsExactly(mention);
    assertThat(mentions.in(id)).containsExactly(mention);
  }

  @Test
  void whatADeadRoomCouldNotWriteDownTheNextOneReadsFromItsLog() throws InterruptedException {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "a", "hello @room");
    mentionsInNews();
    mentions.away(true);
    says("ann", "b", "hello");
    says("ann", "c", "hello again @room");
    KIT.stop(room);
    mentions.away(false);

    room = wake();

    assertThat(mentionsInNews()).containsExactly(new Mention(2, "ann", List.of("@room")));
    assertThat(mentionsInNews()).containsExactly(new Mention(4, "ann", List.of("@room")));
    assertThat(mentions.in(id)).extracting(Mention::seq).containsExactly(2L, 4L);
  }

  @Test
  void whatADeadRoomWroteDownAndCouldNotSayTheNextOneSays() throws InterruptedException {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "a", "hello @room");
    mentionsInNews();
    KIT.stop(room);
    news.clear();

    room = wake();

    assertThat(mentionsInNews()).containsExactly(new Mention(2, "ann", List.of("@room")));
  }

  @Test
  void aRoomThatWakesReadsNothingBehindItsLastMention() throws InterruptedException {
    isMade(Visibility.PRIVATE);
    attach(relay);
    says("ann", "a", "hello @room");
    mentionsInNews();
    says("ann", "b", "hello");
    KIT.stop(room);
    news.clear();

    room = wake();
    mentionsInNews();
    attach(relay, 3);
    says("ann", "c", "hello again @room");

    assertThat(mentionsInNews()).containsExactly(new Mention(4, "ann", List.of("@room")));
    assertThat(log.reads()).isZero();
  }

  private List<Mention> mentionsInNews() throws InterruptedException {
    while (true) {
      var headline = news.poll(10, TimeUnit.SECONDS);
      if (headline == null) throw new AssertionError("nobody was told of a mention");
      if (headline.mentions().isPresent()) return headline.mentions().get();
    }
  }

  // receipts

  @Test
  void whoMayKnowIsNotTakenFromWhatWasKeptBefore() {
    isMade(Visibility.PUBLIC);
    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    kept.add(new Receipt("bob", 1, 1, terms(ShownTo.EVERYONE, 1)));
    attach(relay, 2);
    room.tell(new Room.Hear(List.of(new Receipt("bob", 2, 2, terms(ShownTo.NOBODY, 2)))));

    room.tell(new Room.Listen(relay.ref()));

    tells(new Receipt("bob", 2, 2, terms(ShownTo.NOBODY, 2)));
  }

  @Test
  void whoMayKnowIsLookedUpAgainWhileSomebodyListens() {
    isMade(Visibility.PUBLIC);
    kept.add(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));
    attach(relay);
    room.tell(new Room.Listen(relay.ref()));
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));

    kept.set(0, new Receipt("ann", 1, 1, terms(ShownTo.NOBODY, 2)));
    TIME.timePasses(Duration.ofMinutes(1));
    settled();
    TIME.timePasses(Duration.ofSeconds(1));

    tells(new Receipt("ann", 1, 1, terms(ShownTo.NOBODY, 2)));
  }

  @Test
  void whoHasBlockedMembersIsToldWithTheirNamesOnlyAlsoWhenTheyComeLater() {
    isMade(Visibility.PUBLIC);
    attach(relay);
    room.tell(
        new Room.Hear(List.of(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1, "bob", "eve")))));
    room.tell(new Room.Listen(relay.ref()));
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1)));

    assertThat(join("bob")).isInstanceOf(Room.Done.class);
    room.tell(new Room.Admit("bob", relay.ref()));

    relay.expectMessageClass(RoomRelay.Committed.class);
    tells(new Receipt("ann", 1, 1, terms(ShownTo.EVERYONE, 1, "bob")));
    relay.expectMessageClass(RoomRelay.Admission.class);
  }

  private void tells(Receipt receipt) {
    assertThat(relay.receiveMessage()).isEqualTo(new RoomRelay.Receipts(List.of(receipt)));
  }

  private static ReceiptPrivacy terms(ShownTo to, long version, String... hiddenFrom) {
    return new ReceiptPrivacy(to, Set.of(hiddenFrom), version);
  }

  // the words of this test

  private void isMade(Visibility visibility) {
    assertThat(create("ann", visibility)).isEqualTo(Room.DONE);
  }

  private Room.Outcome create(String by, Visibility visibility) {
    return create(by, visibility, Optional.empty());
  }

  private Room.Outcome create(String by, Visibility visibility, Optional<String> passcodeHash) {
    return ask(replyTo ->
        new Room.Create(
            by,
            "lobby",
            "",
            visibility,
            passcodeHash,
            OptionalInt.empty(),
            Optional.empty(),
            replyTo));
  }

  @Test
  void whoJoinsIsToldWhereTheRoomIs() {
    create("ann", Visibility.PUBLIC);
    attach(relay, 1);
    says("ann", "a", "hello");

    assertThat(join("bob")).isEqualTo(new Room.Done(Optional.of(new Place(3, new Counts(1)))));
  }

  private Room.Outcome join(String user) {
    return join(user, Optional.empty());
  }

  private Room.Outcome join(String user, Optional<String> passcode) {
    return ask(replyTo -> new Room.Join(user, passcode, Optional.empty(), replyTo));
  }

  private Room.Outcome perform(String by, RoomAction act) {
    return ask(replyTo -> new Room.Perform(by, act, replyTo));
  }

  private Room.Outcome ask(Function<ActorRef<Room.Outcome>, Room.Command> command) {
    var answer = KIT.<Room.Outcome>createTestProbe();
    room.tell(command.apply(answer.ref()));
    return answer.receiveMessage();
  }

  private static RoomAction renamed(String name) {
    return new RoomAction.ChangeSettings(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private void attach(TestProbe<RoomRelay.FromRoom> to) {
    attach(to, 1);
  }

  private void attach(TestProbe<RoomRelay.FromRoom> to, long lastSeq) {
    room.tell(new Room.Attach(to.ref()));
    assertThat(to.receiveMessage()).isEqualTo(new RoomRelay.Attached(room, lastSeq));
  }

  private void says(String sender, String id) {
    says(sender, id, "hello");
  }

  private void says(String sender, String id, String body) {
    var post = new Post.Say(sender, id, body, OptionalLong.empty());
    room.tell(new Room.Batch(1, List.of(post), relay.ref()));
    relay.expectMessageClass(RoomRelay.Committed.class);
    relay.expectMessageClass(RoomRelay.BatchDone.class);
  }

  /// Everything told to the room so far has been dealt with.
  private void settled() {
    var answer = KIT.<RoomView.Answer>createTestProbe();
    room.tell(new Room.Look(new RoomView.Membership("nobody"), answer.ref()));
    answer.receiveMessage();
  }

  private List<Object> journal() {
    return JOURNAL.persistedInStorage(Room.persistenceId(id).id());
  }

  private static Post say(String sender, String id) {
    return new Post.Say(sender, id, "hello", OptionalLong.empty());
  }

  private static RoomEvent posted(String sender, String id) {
    return new RoomEvent.Posted(sender, NOW, id, "hello", OptionalLong.empty(), OptionalLong.of(1));
  }

  /// Knows of messages what is in the journal at the moment it is asked.
  private final class JournalLog extends FakeRoomLog {
    private CompletableFuture<Void> facts = CompletableFuture.completedFuture(null);
    private int factsAsked;
    private final AtomicInteger reads = new AtomicInteger();

    /// The next question waits.
    synchronized CompletableFuture<Void> holdFacts() {
      facts = new CompletableFuture<>();
      return facts;
    }

    int reads() {
      return reads.get();
    }

    synchronized int factsAsked() {
      return factsAsked;
    }

    @Override
    public synchronized CompletionStage<Map<Long, Post.Fact>> facts(String room, Set<Long> seqs) {
      factsAsked++;
      var held = facts;
      facts = CompletableFuture.completedFuture(null);
      return held.isDone()
          ? held.thenCompose(_ -> answer(seqs))
          : held.thenComposeAsync(_ -> answer(seqs));
    }

    private CompletionStage<Map<Long, Post.Fact>> answer(Set<Long> seqs) {
      return now().facts(id, seqs);
    }

    @Override
    public CompletionStage<Page> after(String room, long after, int limit) {
      reads.incrementAndGet();
      return now().after(room, after, limit);
    }

    private FakeRoomLog now() {
      var log = new FakeRoomLog();
      for (var event : journal()) log.add((RoomEvent) event);
      return log;
    }
  }

  private static final class TestPasscodes implements RoomContext.Passcodes {
    private volatile boolean areTooMany;

    @Override
    public CompletionStage<String> hash(String passcode) {
      return CompletableFuture.completedFuture("hash of " + passcode);
    }

    @Override
    public CompletionStage<Boolean> matches(String passcode, String hash) {
      return areTooMany
          ? CompletableFuture.failedFuture(new IllegalStateException("too many"))
          : hash(passcode).thenApply(hash::equals);
    }
  }

  private static final class TestDirectory implements RoomDirectory {
    private final List<String> done = new ArrayList<>();
    private volatile boolean taken;
    private volatile boolean isDown;
    private CompletableFuture<Void> puts = CompletableFuture.completedFuture(null);
    private CompletableFuture<Boolean> claims = CompletableFuture.completedFuture(true);

    synchronized List<String> done() {
      return List.copyOf(done);
    }

    synchronized CompletableFuture<Void> holdPuts() {
      puts = new CompletableFuture<>();
      return puts;
    }

    synchronized CompletableFuture<Boolean> holdClaims() {
      claims = new CompletableFuture<>();
      return claims;
    }

    @Override
    public synchronized CompletionStage<Boolean> claim(String room, String name) {
      done.add("claim " + name);
      return isDown
          ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
          : claims.thenApply(_ -> !taken);
    }

    @Override
    public synchronized CompletionStage<Void> put(RoomView.Summary room) {
      done.add("put " + room.lastSeq());
      return puts;
    }

    @Override
    public synchronized CompletionStage<Void> remove(String room) {
      done.add("remove");
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Page> list(Optional<String> query, Optional<String> after, int limit) {
      return CompletableFuture.completedFuture(new Page(List.of(), Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<RoomView.Summary>> find(String name) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
