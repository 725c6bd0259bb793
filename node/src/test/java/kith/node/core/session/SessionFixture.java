package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Page;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.FakeRoomLog;
import kith.node.feature.presence.PresenceSettings;
import kith.node.gateway.socket.Frames;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.person.Patience;
import kith.node.platform.config.SessionSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.privacy.PrivacyPolicy;
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
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The session of one client, ann, with probes in place of its account and relays, a socket whose
/// speed the test sets, and the parts of the features that the test lists.
@ResourceLock("actors and time of sessions")
public abstract class SessionFixture {
  protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  protected static final Access ANN = new Access("ann", "d-1", 1);
  protected static final int WINDOW = 1_000;

  protected static final SessionSettings SETTINGS =
      new SessionSettings(
          10,
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
          Duration.ofSeconds(8),
          16,
          16,
          4,
          1_000,
          2,
          10);

  /// Three watched users; one change of status a second, two at once.
  protected static final PresenceSettings PRESENCE = new PresenceSettings(3, 1, 2);

  protected static final Limits LIMITS =
      new Limits(
          65_536,
          100,
          1,
          20,
          1,
          1_000,
          8,
          10,
          10,
          WINDOW,
          50,
          1,
          1,
          1,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new Limits.OfFiles(1_000, 2, 500, 1_000, 1_000, 2, 1_000, 2)));

  /// One request of the session to its account.
  protected record Attaching(
      boolean live, ActorRef<Account.AttachReply> replyTo, ActorRef<Account.DeviceEnded> session) {}

  private static ActorTestKit kit;
  private static ManualTime time;

  private final BlockingQueue<Attaching> attachings = new LinkedBlockingQueue<>();
  protected final AtomicLong nanos = new AtomicLong();
  protected final FakeSocket socket = new FakeSocket();
  protected final FakeRoomLog log = new FakeRoomLog();
  protected final TestProbe<Relays.Command> relays = kit().createTestProbe();
  protected final TestProbe<RoomRelay.Command> relay = kit().createTestProbe();
  protected final TestProbe<Account.Command> account = kit().createTestProbe();
  protected final TestProbe<Sessions.Command> sessions = kit().createTestProbe();
  protected final Map<String, CompletableFuture<Attachments.Claim>> claimsByPost =
      new ConcurrentHashMap<>();
  protected ActorRef<Session.Command> session;

  @BeforeAll
  static void startActors() {
    kit = LocalActors.create(ManualTime.config());
    time = ManualTime.get(kit.system());
  }

  @AfterAll
  static void stopActors() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void startSession() {
    session = spawn(Optional.empty());
  }

  @AfterEach
  void stopSession() {
    kit.stop(session);
  }

  protected static ActorTestKit kit() {
    return kit;
  }

  protected static ManualTime time() {
    return time;
  }

  /// The features whose parts the session has; none by default.
  protected SessionFeatures features() {
    return new SessionFeatures(List.of(), List.of(), List.of());
  }

  ActorRef<Session.Command> spawn(Optional<Access> caller) {
    ActorRef<Session.Command> session =
        kit.spawn(
            Session.create(services(), caller, InetAddress.getLoopbackAddress(), sessions.ref()));
    session.tell(new Session.Connected(socket));
    return session;
  }

  SessionContext services() {
    return new SessionContext(
        SETTINGS,
        LIMITS,
        600,
        "node-1",
        Clock.fixed(NOW, ZoneOffset.UTC),
        nanos::get,
        _ -> {},
        new TestIdentity(),
        relays.ref(),
        log,
        new Metrics().sessions(),
        (_, _, post, _) -> claimsByPost.computeIfAbsent(post, _ -> new CompletableFuture<>()),
        features());
  }

  private final class TestIdentity implements SessionContext.Identity {
    @Override
    public Optional<Access> caller(String accessToken) {
      return accessToken.equals("good") ? Optional.of(ANN) : Optional.empty();
    }

    @Override
    public void attach(
        Access caller,
        boolean live,
        ActorRef<Account.AttachReply> replyTo,
        ActorRef<Account.DeviceEnded> session) {
      attachings.add(new Attaching(live, replyTo, session));
    }
  }

  // the client

  protected void sends(ClientFrame frame) {
    session.tell(fromSocket(frame));
  }

  static Session.Command fromSocket(ClientFrame frame) {
    return received(Json.text(frame));
  }

  void sendsText(String text) {
    session.tell(received(text));
  }

  private static Session.Command received(String text) {
    return new Session.FromSocket(new SocketEvent.Received(ByteString.fromString(text)));
  }

  /// The socket takes more again.
  protected void drained() {
    session.tell(new Session.FromSocket(new SocketEvent.Drained()));
  }

  protected Attaching signsIn() {
    return signsIn(new ClientFrame.Hello(Optional.of("good"), Map.of()), List.of());
  }

  /// Signs in with everything that a client must request in its `hello`.
  protected Attaching signsInForInbox() {
    return signsInForInbox(List.of());
  }

  /// Signs in to an account that is in these rooms.
  protected Attaching signsInForInbox(List<String> rooms) {
    return signsIn(new ClientFrame.Hello(Optional.of("good"), Map.of(), Optional.of(true)), rooms);
  }

  private Attaching signsIn(ClientFrame.Hello hello, List<String> rooms) {
    sends(hello);
    var attaching = attaches();
    attaching.replyTo().tell(attached(account.ref(), rooms));
    socket.expect(ServerFrame.Welcome.class);
    return attaching;
  }

  protected void sees(long first, long last) {
    assertThat(socket.expect(ServerFrame.Entries.class).entries())
        .extracting(Entry::seq)
        .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
  }

  protected void completes(long seq) {
    assertThat(socket.expect(ServerFrame.Complete.class).seq()).isEqualTo(seq);
  }

  protected void refuses(Code code) {
    assertThat(socket.expect(ServerFrame.Problem.class).code()).isEqualTo(code.wire());
  }

  /// The sentence of the next refusal because of a field.
  protected String refusal() {
    var problem = socket.expect(ServerFrame.Problem.class);
    assertThat(problem.code()).isEqualTo(Code.BAD_FIELD.wire());
    return problem.message();
  }

  void endsWith(int closeCode, Code code) {
    assertThat(socket.expect(ServerFrame.Goodbye.class).code()).isEqualTo(code.wire());
    assertThat(socket.expectClosed()).isEqualTo(closeCode);
  }

  /// The client gets only the answer to a ping.
  protected void nothingElseIsSent() {
    sends(new ClientFrame.Ping(Optional.of("quiet")));
    assertThat(socket.expect(ServerFrame.Pong.class).id()).contains("quiet");
  }

  /// Waits until the session has handled everything sent so far.
  protected void settled() {
    nothingElseIsSent();
  }

  // the account

  protected Attaching attaches() {
    try {
      var attaching = attachings.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      if (attaching == null) throw new AssertionError("the account was not asked");
      return attaching;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  protected void attachesNoMore() {
    settled();
    assertThat(attachings).isEmpty();
  }

  protected static Account.Attached attached(
      ActorRef<Account.Command> account, List<String> rooms) {
    return new Account.Attached(Page.ONLY, account, PrivacyPolicy.OPEN, rooms, Set.of(), List.of());
  }

  // the relay

  protected ActorRef<RoomRelay.ToSession> opens(String room, OptionalLong after, long last) {
    sends(new ClientFrame.Open(room, after));
    var open = relays.expectMessageClass(Relays.Open.class).open();
    open.session().tell(new RoomRelay.Opened(room, relay.ref(), last));
    return open.session();
  }

  protected RoomRelay.Read reads(long after) {
    var read = relay.expectMessageClass(RoomRelay.Read.class);
    assertThat(read.after()).isEqualTo(after);
    return read;
  }

  protected static void atTheEnd(ActorRef<RoomRelay.ToSession> self, RoomRelay.Read read) {
    self.tell(nothing(read, read.after()));
  }

  static RoomRelay.Chunk nothing(RoomRelay.Read read, long last) {
    var empty = ByteString.emptyByteString();
    return new RoomRelay.Chunk(
        "r1", read.number(), read.after() + 1, last, empty, true, new WebSocketFraming());
  }

  static RoomRelay.Chunk chunk(RoomRelay.Read read, long first, long last, boolean isLive) {
    return chunk("r1", read, first, last, isLive);
  }

  static RoomRelay.Chunk chunk(
      String room, RoomRelay.Read read, long first, long last, boolean isLive) {
    return new RoomRelay.Chunk(
        room,
        read.number(),
        first,
        last,
        entries(room, first, last),
        isLive,
        new WebSocketFraming());
  }

  static RoomRelay.OnlyInLog onlyInLog(RoomRelay.Read read, long last) {
    return new RoomRelay.OnlyInLog("r1", read.number(), read.after(), last);
  }

  static RoomRelay.Published published(long first, long last) {
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
}
