package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Post;
import kith.node.core.room.RoomView;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.InboxLookup;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.inbox.TestRoomSummaries;
import kith.node.feature.mentions.TestMentions;
import kith.node.feature.presence.Presence;
import kith.node.feature.receipts.Receipt;
import kith.node.gateway.socket.Frames;
import kith.node.gateway.socket.SocketEvent;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.ReceiptPrivacy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Limits;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public class SessionTest {
  private static final ActorTestKit KIT = LocalActors.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Access ANN = new Access("ann", "d-1");
  public static final int WINDOW = 1_000;

  public static final NodeSettings.Sessions SETTINGS =
      new NodeSettings.Sessions(
          10,
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(90),
          Duration.ofMinutes(15),
          65_536,
          100,
          1,
          20,
          1,
          1_000,
          8,
          WINDOW,
          Duration.ofMinutes(10),
          Duration.ofSeconds(8));

  public static final Limits LIMITS =
      new Limits(65_536, 100, 1, 20, 1, 1_000, 8, 10, 10, WINDOW, 50, 1, 1, 1);

  private record Attaching(
      ActorRef<Account.AttachReply> replyTo, ActorRef<Account.DeviceEnded> session) {}

  private final BlockingQueue<Attaching> attachings = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private final FakeSocket socket = new FakeSocket();
  private final FakeRoomLog log = new FakeRoomLog();
  private final TestProbe<Relays.Command> relays = KIT.createTestProbe();
  private final TestProbe<InboxNews.Command> news = KIT.createTestProbe();
  private final TestProbe<Presence.Command> presence = KIT.createTestProbe();
  private final TestRoomSummaries headlines = new TestRoomSummaries();
  private final TestMentions mentions = new TestMentions();
  private final TestProbe<RoomRelay.Command> relay = KIT.createTestProbe();
  private final TestProbe<Account.Command> account = KIT.createTestProbe();
  private final TestProbe<Sessions.Command> sessions = KIT.createTestProbe();
  private final ActorRef<Session.Command> session = spawn(Optional.empty());

  private ActorRef<Session.Command> spawn(Optional<Access> caller) {
    var world =
        new SessionContext(
            SETTINGS,
            LIMITS,
            "node-1",
            nanos::get,
            _ -> {},
            new TestIdentity(),
            relays.ref(),
            log,
            new Metrics().sessions(),
            news.ref(),
            new InboxLookup(headlines, mentions),
            presence.ref(),
            (_, question) -> members(question));
    ActorRef<Session.Command> session = KIT.spawn(Session.create(world, caller, sessions.ref()));
    session.tell(new Session.Connected(socket));
    return session;
  }

  private static CompletionStage<RoomView.Answer> members(RoomView.Question question) {
    var known = Set.of("ann", "bob", "carol");
    return CompletableFuture.completedFuture(
        question instanceof RoomView.Those(_, var users)
            ? new RoomView.AreMembers(
                users.stream().filter(known::contains).collect(Collectors.toSet()))
            : new RoomView.Denied(Code.UNKNOWN_ROOM));
  }

  private static Account.Attached attached(ActorRef<Account.Command> account, List<String> rooms) {
    return new Account.Attached(account, rooms, Optional.empty(), List.of());
  }

  private final class TestIdentity implements SessionContext.Identity {
    @Override
    public Optional<Access> caller(String accessToken) {
      return accessToken.equals("good") ? Optional.of(ANN) : Optional.empty();
    }

    @Override
    public void attach(
        Access caller,
        ActorRef<Account.AttachReply> replyTo,
        ActorRef<Account.DeviceEnded> session) {
      attachings.add(new Attaching(replyTo, session));
    }
  }

  @AfterEach
  void stopTheSession() {
    KIT.stop(session);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  // hello

  @Test
  void whoSaysHelloIsWelcome() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    attaches().replyTo().tell(attached(account.ref(), List.of("r1", "r2")));

    var welcome = socket.expect(ServerFrame.Welcome.class);
    assertThat(welcome.user()).isEqualTo("ann");
    assertThat(welcome.device()).isEqualTo("d-1");
    assertThat(welcome.rooms()).containsExactly("r1", "r2");
    assertThat(welcome.limits()).isEqualTo(LIMITS);
    sessions.expectMessageClass(Sessions.Authenticated.class);
  }

  @Test
  void aHandshakeMayHaveBroughtTheToken() {
    var known = spawn(Optional.of(ANN));

    known.tell(fromSocket(new ClientFrame.Hello(Optional.empty(), Map.of())));

    attaches().replyTo().tell(attached(account.ref(), List.of()));
    assertThat(socket.expect(ServerFrame.Welcome.class).user()).isEqualTo("ann");
    KIT.stop(known);
  }

  @Test
  void aWrongTokenIsUnauthenticated() {
    says(new ClientFrame.Hello(Optional.of("bad"), Map.of()));

    endsWith(4401, Code.UNAUTHENTICATED);
  }

  @Test
  void noTokenIsUnauthenticated() {
    says(new ClientFrame.Hello(Optional.empty(), Map.of()));

    endsWith(4401, Code.UNAUTHENTICATED);
  }

  @Test
  void anythingButHelloIsAgainstTheRules() {
    says(new ClientFrame.Ping(Optional.empty()));

    endsWith(1008, Code.HELLO_EXPECTED);
  }

  @Test
  void whatCannotBeReadIsNoHello() {
    receives("{\"type\":");

    endsWith(1008, Code.MALFORMED_JSON);
  }

  @Test
  void whoSaysNothingIsOverdue() {
    TIME.timePasses(SETTINGS.hello());

    endsWith(4408, Code.HELLO_TIMEOUT);
  }

  @Test
  void anAccountThatDoesNotAnswerIsUnavailable() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    var _ = attaches();

    TIME.timePasses(SETTINGS.hello());

    endsWith(1013, Code.UNAVAILABLE);
  }

  @Test
  void anEndedDeviceIsToldSo() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    attaches().replyTo().tell(new Account.AttachRefused(Code.DEVICE_ENDED));

    endsWith(4403, Code.DEVICE_ENDED);
  }

  @Test
  void whatIsSaidRightAfterHelloIsHeardAfterTheWelcome() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    for (var i = 0; i < 16; i++) says(new ClientFrame.Ping(Optional.of("p" + i)));

    attaches().replyTo().tell(attached(account.ref(), List.of()));

    socket.expect(ServerFrame.Welcome.class);
    for (var i = 0; i < 16; i++)
      assertThat(socket.expect(ServerFrame.Pong.class).id()).contains("p" + i);
  }

  @Test
  void helloIsSaidOnce() {
    isWelcome();

    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));

    isRefused(Code.HELLO_REPEATED);
  }

  @Test
  void resumeOpensEachRoomFromItsPlace() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of("r1", 41L)));
    attaches().replyTo().tell(attached(account.ref(), List.of("r1")));

    var open = relays.expectMessageClass(Relays.Open.class);

    assertThat(open.room()).isEqualTo("r1");
    var asked = KIT.<RoomRelay.Command>createTestProbe();
    open.open().session().tell(new RoomRelay.Opened("r1", asked.ref(), 43));
    assertThat(asked.expectMessageClass(RoomRelay.Read.class).after()).isEqualTo(41);
  }

  // opening and following

  @Test
  void withoutAPlaceTheRoomIsCompleteAtItsEndAndGoesOnLive() {
    isWelcome();

    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));

    isComplete(7);
    self.tell(published(8, 9));
    sees(8, 9);
  }

  @Test
  void fromAPlaceEverythingComesInOrderAndThenComplete() {
    isWelcome();

    var self = opens("r1", OptionalLong.of(3), 7);
    self.tell(chunk(reads(3), 4, 6, false));
    self.tell(chunk(reads(6), 7, 7, true));

    sees(4, 6);
    sees(7, 7);
    isComplete(7);
    self.tell(published(8, 8));
    sees(8, 8);
  }

  @Test
  void whatIsOnlyInTheLogIsReadFromThere() {
    isWelcome();
    log.saysUpTo(150);

    var self = opens("r1", OptionalLong.of(0), 150);
    self.tell(onlyInLog(reads(0), 150));
    sees(1, 100);
    self.tell(onlyInLog(reads(100), 150));
    sees(101, 150);
    atTheEnd(self, reads(150));

    isComplete(150);
  }

  @Test
  void theLogIsReadOnlyAsFarAsTheRelaySaysThatThisUserIsAMember() {
    isWelcome();
    log.saysUpTo(9);

    var self = opens("r1", OptionalLong.of(0), 5);
    self.tell(onlyInLog(reads(0), 5));

    sees(1, 5);
    assertThat(reads(5).after()).isEqualTo(5);
  }

  @Test
  void completeIsSaidOncePerOpen() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(new ClientFrame.Open("r1", OptionalLong.of(5)));
    self.tell(chunk(reads(5), 6, 7, true));

    sees(6, 7);
    isComplete(7);
    isQuiet();
  }

  @Test
  void whoIsAheadOfTheLogIsToldWhereItEnds() {
    log.saysUpTo(7);
    isWelcome();
    var self = opens("r1", OptionalLong.of(99), 7);

    self.tell(nothing(reads(99), 7));

    isComplete(7);
    self.tell(published(8, 8));
    sees(8, 8);
  }

  @Test
  void whoIsOnlyAheadOfThisNodeWaitsUntilItHasHeardOfThat() {
    log.saysUpTo(9);
    isWelcome();
    var self = opens("r1", OptionalLong.of(9), 7);
    self.tell(nothing(reads(9), 7));
    settled();
    isQuiet();
    relay.expectNoMessage(Duration.ZERO);

    TIME.timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(9), 7));
    settled();
    isQuiet();
    TIME.timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(9), 9));

    isComplete(9);
  }

  @Test
  void whoIsAheadIsToldNothingWhileTheLogCannotBeRead() {
    log.breakDown();
    isWelcome();
    var self = opens("r1", OptionalLong.of(99), 7);
    self.tell(nothing(reads(99), 7));
    settled();
    isQuiet();

    log.mend();
    TIME.timePasses(Duration.ofSeconds(1));
    self.tell(nothing(reads(99), 7));

    isComplete(7);
  }

  @Test
  void aRoomThatDoesNotLetInIsAnError() {
    isWelcome();
    says(new ClientFrame.Open("r1", OptionalLong.empty()));
    var open = relays.expectMessageClass(Relays.Open.class).open();

    open.session().tell(new RoomRelay.NotOpened("r1", Code.UNKNOWN_ROOM));

    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.UNKNOWN_ROOM.wire());
    assertThat(problem.room()).contains("r1");
    assertThat(problem.id()).isEmpty();
  }

  @Test
  void whatCannotBeARoomOrAPlaceIsRefusedAtOnce() {
    isWelcome();

    says(new ClientFrame.Open("No Room!", OptionalLong.empty()));
    isRefused(Code.UNKNOWN_ROOM);
    says(new ClientFrame.Open("r1", OptionalLong.of(-1)));
    isRefused(Code.BAD_FIELD);
    relays.expectNoMessage(Duration.ZERO);
  }

  @Test
  void openRoomsHaveABound() {
    isWelcome();
    for (var i = 0; i < SETTINGS.openRooms(); i++)
      says(new ClientFrame.Open("r" + i, OptionalLong.empty()));

    says(new ClientFrame.Open("r99", OptionalLong.empty()));

    isRefused(Code.TOO_MANY_OPEN_ROOMS);
  }

  @Test
  void closingIsAnsweredAndTellsTheRelay() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(new ClientFrame.Close("r1"));

    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.CLOSED.wire());
    relay.expectMessageClass(RoomRelay.Close.class);
    self.tell(published(8, 8));
    isQuiet();
  }

  @Test
  void aRoomOpenedTwiceInOneBreathIsReadOnceAndStaysLive() {
    isWelcome();
    for (var i = 0; i < 5; i++) {
      says(new ClientFrame.Open("r1", OptionalLong.of(7)));
      var first = relays.expectMessageClass(Relays.Open.class).open().session();
      says(new ClientFrame.Close("r1"));
      socket.expect(ServerFrame.Closed.class);
      says(new ClientFrame.Open("r1", OptionalLong.of(7)));
      relays.expectMessageClass(Relays.Open.class);

      first.tell(new RoomRelay.Opened("r1", relay.ref(), 7));
      first.tell(new RoomRelay.Opened("r1", relay.ref(), 7));
      atTheEnd(first, reads(7));
      isComplete(7);
      first.tell(published(8, 8));
      sees(8, 8);

      says(new ClientFrame.Close("r1"));
      socket.expect(ServerFrame.Closed.class);
      relay.expectMessageClass(RoomRelay.Close.class);
    }
  }

  @Test
  void answersToWhatWasAskedBeforeClosingDoNotCount() {
    isWelcome();
    log.saysUpTo(7);
    log.hold();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    says(new ClientFrame.Close("r1"));
    socket.expect(ServerFrame.Closed.class);
    relay.expectMessageClass(RoomRelay.Close.class);

    var again = opens("r1", OptionalLong.of(0), 7);
    var current = reads(0);
    log.letGo();
    isQuiet();
    again.tell(chunk(current, 1, 7, true));

    sees(1, 7);
    isComplete(7);
    relay.expectNoMessage(Duration.ZERO);
  }

  @Test
  void whenTheRelayEndsTheRoomIsOpenedAgainFromItsPlace() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);
    self.tell(published(8, 8));
    sees(8, 8);

    relay.stop();

    var open = relays.expectMessageClass(Relays.Open.class).open();
    var next = KIT.<RoomRelay.Command>createTestProbe();
    open.session().tell(new RoomRelay.Opened("r1", next.ref(), 9));
    var read = next.expectMessageClass(RoomRelay.Read.class);
    assertThat(read.after()).isEqualTo(8);
    open.session().tell(chunk(read, 9, 9, true));
    sees(9, 9);
    isQuiet();
  }

  @Test
  void aRoomThatDoesNotLetInAgainIsClosed() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);
    relay.stop();
    relays.expectMessageClass(Relays.Open.class);

    self.tell(new RoomRelay.NotOpened("r1", Code.NOT_A_MEMBER));

    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.NOT_A_MEMBER.wire());
  }

  // a slow socket

  @Test
  void whatASlowSocketDoesNotTakeIsReadAgainWhenItHasDrained() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    socket.unwritten(WINDOW);
    self.tell(published(8, 8));
    self.tell(published(9, 9));
    settled();
    assertThat(socket.drainedAsked()).isPositive();
    relay.expectNoMessage(Duration.ZERO);

    socket.unwritten(0);
    drained();
    self.tell(chunk(reads(7), 8, 9, true));

    sees(8, 9);
    self.tell(published(10, 10));
    sees(10, 10);
  }

  @Test
  void aHoleIsReadBeforeAnythingElseIsPassedOn() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    self.tell(published(9, 9));
    self.tell(published(10, 10));
    self.tell(chunk(reads(7), 8, 10, true));

    sees(8, 10);
    self.tell(published(10, 10));
    isQuiet();
  }

  @Test
  void atMostFourRoomsReadAtOnce() {
    isWelcome();
    var reads = KIT.<RoomRelay.Command>createTestProbe();
    for (var i = 0; i < 6; i++) {
      says(new ClientFrame.Open("r" + i, OptionalLong.of(3)));
      var open = relays.expectMessageClass(Relays.Open.class).open();
      ActorRef<RoomRelay.Command> relay =
          KIT.spawn(Behaviors.monitor(RoomRelay.Command.class, reads.ref(), Behaviors.ignore()));
      open.session().tell(new RoomRelay.Opened("r" + i, relay, 7));
    }
    var first = reads.expectMessageClass(RoomRelay.Read.class);
    for (var i = 1; i < 4; i++) reads.expectMessageClass(RoomRelay.Read.class);
    settled();
    reads.expectNoMessage(Duration.ZERO);

    first.session().tell(chunk("r0", first, 4, 7, true));

    sees(4, 7);
    isComplete(7);
    reads.expectMessageClass(RoomRelay.Read.class);
    settled();
    reads.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aLogThatCannotBeReadIsTriedAgainAfterAWhile() {
    isWelcome();
    log.saysUpTo(7);
    log.breakDown();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    settled();
    relay.expectNoMessage(Duration.ZERO);

    log.mend();
    TIME.timePasses(Duration.ofSeconds(1));
    self.tell(onlyInLog(reads(0), 7));

    sees(1, 7);
  }

  @Test
  void whatIsSaidIsNotHandledWhileThereIsNoRoomForAnAnswer() {
    isWelcome();
    var before = socket.handledSoFar();

    socket.unwritten(WINDOW);
    says(new ClientFrame.Ping(Optional.of("1")));
    says(new ClientFrame.Ping(Optional.of("2")));
    socket.expect(ServerFrame.Pong.class);
    socket.expect(ServerFrame.Pong.class);
    settled();
    assertThat(socket.handledSoFar()).isEqualTo(before);

    socket.unwritten(0);
    drained();
    settled();
    assertThat(socket.handledSoFar()).isGreaterThanOrEqualTo(before + 3);
  }

  // posting

  @Test
  void aPostGoesToTheRelayAndItsAnswerComesBack() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(new ClientFrame.Send("m1", "r1", "hello", OptionalLong.of(3)));
    assertThat(relay.expectMessageClass(RoomRelay.Submit.class).post())
        .isEqualTo(new Post.Say("ann", "m1", "hello", OptionalLong.of(3)));
    self.tell(new RoomRelay.Answered("r1", "m1", new Post.Accepted(8, NOW)));
    self.tell(new RoomRelay.Answered("r1", "m2", new Post.Refused(Code.ID_REUSED)));

    assertThat(socket.expect(ServerFrame.Ack.class))
        .isEqualTo(new ServerFrame.Ack("m1", "r1", 8, NOW));
    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.ID_REUSED.wire());
    assertThat(problem.id()).contains("m2");
    assertThat(problem.room()).contains("r1");
  }

  @Test
  void whatIsNotOpenIsNotPostedInto() {
    isWelcome();

    says(send("m1", "hello"));

    isRefused(Code.ROOM_NOT_OPEN);
  }

  @Test
  void whatIsWrongInItselfDoesNotReachTheRoom() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(send("m1", "x".repeat(101)));

    isRefused(Code.BODY_TOO_LONG);
    relay.expectNoMessage(Duration.ZERO);
  }

  @Test
  void tooMuchAtOnceIsRefusedWithATimeToWait() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);
    // opening took one
    for (var i = 1; i < SETTINGS.sendBurst(); i++) {
      says(send("m" + i, "hello"));
      relay.expectMessageClass(RoomRelay.Submit.class);
    }

    says(send("too-much", "hello"));
    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.RATE_LIMITED.wire());
    assertThat(problem.retryAfterMillis().orElseThrow()).isBetween(999L, 1_000L);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    says(send("later", "hello"));
    relay.expectMessageClass(RoomRelay.Submit.class);
  }

  @Test
  void theRateOfAnAccountCountsForAllItsSessions() {
    isWelcome();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);
    var shared = new RateLimit(1, 1, 0);
    session.tell(new Session.Shared(shared));
    assertThat(shared.take(0)).isZero();

    says(send("m1", "hello"));

    isRefused(Code.RATE_LIMITED);
  }

  @Test
  void nonsenseIsAnsweredAndTheConnectionLivesOn() {
    isWelcome();

    receives("{\"type\":\"dance\"}");
    isRefused(Code.UNKNOWN_TYPE);
    receives("nonsense");
    isRefused(Code.MALFORMED_JSON);

    isQuiet();
  }

  // history

  @Test
  void historyComesAsAPage() {
    isWelcome();
    log.saysUpTo(7);
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(history("h1", OptionalLong.empty(), OptionalLong.of(2), 3));
    var page = socket.expect(ServerFrame.Page.class);
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(3L, 4L, 5L);
    assertThat(page.more()).isTrue();
    says(history("h2", OptionalLong.of(3), OptionalLong.empty(), 5));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(1L, 2L);
  }

  @Test
  void historyEndsWhereThisUserSurelyWasAMember() {
    isWelcome();
    log.saysUpTo(9);
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    isComplete(7);

    says(history("h1", OptionalLong.empty(), OptionalLong.empty(), 3));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(5L, 6L, 7L);
    self.tell(published(8, 8));
    sees(8, 8);
    says(history("h2", OptionalLong.empty(), OptionalLong.of(6), 3));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(7L, 8L);
  }

  // the end

  @Test
  void whoIsKickedWhileTheLogIsReadGetsNothingOfIt() {
    isWelcome();
    log.saysUpTo(7);
    log.hold();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    says(history("h1", OptionalLong.empty(), OptionalLong.empty(), 3));
    settled();

    self.tell(new RoomRelay.Closed("r1", Code.KICKED));
    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.KICKED.wire());
    log.letGo();

    isRefused(Code.ROOM_NOT_OPEN);
    isQuiet();
  }

  @Test
  void anEndedDeviceEndsTheSession() {
    says(new ClientFrame.Hello(Optional.of("good"), Map.of()));
    var attaching = attaches();
    attaching.replyTo().tell(attached(account.ref(), List.of()));
    socket.expect(ServerFrame.Welcome.class);

    attaching.session().tell(new Account.DeviceEnded(Code.DEVICE_ENDED, "Logged out."));

    endsWith(4403, Code.DEVICE_ENDED);
  }

  @Test
  void aNodeThatStopsSaysWhenToComeBack() {
    isWelcome();

    session.tell(new Session.GoAway(1_200));

    var goodbye = socket.expect(ServerFrame.Goodbye.class);
    assertThat(goodbye.reconnectAfterMillis()).hasValue(1_200);
    assertThat(socket.expectClosed()).isEqualTo(1012);
  }

  @Test
  void anAccountThatMovesIsFoundAgain() {
    isWelcome();

    account.stop();

    var next = KIT.<Account.Command>createTestProbe();
    attaches().replyTo().tell(attached(next.ref(), List.of()));
    isQuiet();
  }

  @Test
  void aSocketThatIsGoneEndsTheSession() {
    isWelcome();

    session.tell(new Session.FromSocket(new SocketEvent.Ended()));

    relays.expectTerminated(session, Duration.ofSeconds(3));
  }

  // receipts

  @Test
  void nobodyHasMoreThanThereIs() {
    isWelcome();
    var _ = opens("r1", OptionalLong.empty(), 10);
    reads(10);

    says(new ClientFrame.Delivered("r1", Long.MAX_VALUE));
    settled();
    TIME.timePasses(Duration.ofSeconds(1));
    assertThat(account.receiveMessage()).isEqualTo(new AccountInbox.Delivered("r1", 10));
  }

  @Test
  void whoMayKnowChangesForWhatWasSaidBefore() {
    var attaching =
        isWelcome(new ClientFrame.Hello(Optional.of("good"), Map.of(), Optional.of(true)));
    var _ = opens("r1", OptionalLong.empty(), 10);
    reads(10);
    relay.expectMessageClass(RoomRelay.Listen.class);

    var circle = new Relations(Set.of(), Set.of("eve"), PrivacySettings.OPEN, 3);
    attaching.replyTo().tell(new Account.CircleChanged(circle));

    assertThat(receives()).isEqualTo(new Receipt("ann", 0, 0, ReceiptPrivacy.of(circle)));
  }

  private Receipt receives() {
    return relay.expectMessageClass(RoomRelay.Receive.class).receipt();
  }

  // the words of this test

  private void says(ClientFrame frame) {
    session.tell(fromSocket(frame));
  }

  private static Session.Command fromSocket(ClientFrame frame) {
    return received(Json.text(frame));
  }

  private void receives(String text) {
    session.tell(received(text));
  }

  private static Session.Command received(String text) {
    return new Session.FromSocket(new SocketEvent.Received(ByteString.fromString(text)));
  }

  private void drained() {
    session.tell(new Session.FromSocket(new SocketEvent.Drained()));
  }

  private Attaching attaches() {
    try {
      var attaching = attachings.poll(3, TimeUnit.SECONDS);
      if (attaching == null) throw new AssertionError("the account was not asked");
      return attaching;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private void isWelcome() {
    isWelcome(new ClientFrame.Hello(Optional.of("good"), Map.of()));
  }

  private Attaching isWelcome(ClientFrame.Hello hello) {
    says(hello);
    var attaching = attaches();
    attaching.replyTo().tell(attached(account.ref(), List.of()));
    socket.expect(ServerFrame.Welcome.class);
    return attaching;
  }

  private void endsWith(int closeCode, Code code) {
    assertThat(socket.expect(ServerFrame.Goodbye.class).code()).isEqualTo(code.wire());
    assertThat(socket.expectClosed()).isEqualTo(closeCode);
  }

  private void isRefused(Code code) {
    assertThat(socket.expect(ServerFrame.Problem.class).code()).isEqualTo(code.wire());
  }

  private ActorRef<RoomRelay.ToSession> opens(String room, OptionalLong after, long last) {
    says(new ClientFrame.Open(room, after));
    var open = relays.expectMessageClass(Relays.Open.class).open();
    open.session().tell(new RoomRelay.Opened(room, relay.ref(), last));
    return open.session();
  }

  private RoomRelay.Read reads(long after) {
    var read = relay.expectMessageClass(RoomRelay.Read.class);
    assertThat(read.after()).isEqualTo(after);
    return read;
  }

  private static void atTheEnd(ActorRef<RoomRelay.ToSession> self, RoomRelay.Read read) {
    self.tell(nothing(read, read.after()));
  }

  private static RoomRelay.Chunk nothing(RoomRelay.Read read, long last) {
    var empty = ByteString.emptyByteString();
    return new RoomRelay.Chunk("r1", read.number(), read.after() + 1, last, empty, true);
  }

  private static RoomRelay.Chunk chunk(RoomRelay.Read read, long first, long last, boolean isLive) {
    return chunk("r1", read, first, last, isLive);
  }

  private static RoomRelay.Chunk chunk(
      String room, RoomRelay.Read read, long first, long last, boolean isLive) {
    return new RoomRelay.Chunk(
        room, read.number(), first, last, entries(room, first, last), isLive);
  }

  private static RoomRelay.OnlyInLog onlyInLog(RoomRelay.Read read, long last) {
    return new RoomRelay.OnlyInLog("r1", read.number(), read.after(), last);
  }

  private static RoomRelay.Published published(long first, long last) {
    return new RoomRelay.Published("r1", first, last, entries("r1", first, last), List.of());
  }

  private static ByteString entries(String room, long first, long last) {
    var entries =
        LongStream.rangeClosed(first, last)
            .<Entry>mapToObj(seq -> new Entry.Joined(seq, NOW, "bob"))
            .toList();
    var json = Json.text(new ServerFrame.Entries(room, entries));
    return Frames.text(json.getBytes(StandardCharsets.UTF_8));
  }

  private void sees(long first, long last) {
    assertThat(socket.expect(ServerFrame.Entries.class).entries())
        .extracting(Entry::seq)
        .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
  }

  private void isComplete(long seq) {
    assertThat(socket.expect(ServerFrame.Complete.class).seq()).isEqualTo(seq);
  }

  /// Nothing was written since, but the answer to this.
  private void isQuiet() {
    says(new ClientFrame.Ping(Optional.of("quiet")));
    assertThat(socket.expect(ServerFrame.Pong.class).id()).contains("quiet");
  }

  /// Everything told to the session so far has been dealt with.
  private void settled() {
    isQuiet();
  }

  private static ClientFrame.Send send(String id, String body) {
    return new ClientFrame.Send(id, "r1", body, OptionalLong.empty());
  }

  private static ClientFrame.History history(
      String id, OptionalLong before, OptionalLong after, int limit) {
    return new ClientFrame.History(id, "r1", before, after, OptionalInt.of(limit));
  }
}
