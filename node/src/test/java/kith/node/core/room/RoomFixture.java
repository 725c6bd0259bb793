package kith.node.core.room;

import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
import java.util.function.Function;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.config.Throttle;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/// One room with a journal in memory, and the relays and stores it uses.
public final class RoomFixture {
  /// Tests that share the actors and the time of this fixture run one after the other.
  public static final String LOCK = "actors and time of rooms";

  private static final ActorTestKit KIT =
      LocalActors.create(
          PersistenceTestKitPlugin.config(),
          PersistenceTestKitSnapshotPlugin.config(),
          ManualTime.config());
  public static final ManualTime TIME = ManualTime.get(KIT.system());
  static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  static final Duration IDLE = Duration.ofMinutes(2);

  private static final RoomSettings SETTINGS =
      new RoomSettings(
          10,
          5,
          5,
          Duration.ofDays(30),
          50,
          10_000,
          8,
          100_000,
          3,
          10_000,
          64,
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          IDLE,
          100,
          new RoomSettings.Idempotency(80, 640, Duration.ofHours(1)),
          new RoomSettings.Passcodes(6, new Throttle(3, Duration.ofMinutes(1))),
          new RoomSettings.Repeatable(Duration.ofHours(1), 10));

  public final String id = Rooms.newId();
  final TestAging aging = new TestAging();
  final TestNames names = new TestNames();
  final TestProjections store = new TestProjections();
  final TestPasscodes passcodes = new TestPasscodes();
  final JournalLog log = new JournalLog();
  final BlockingQueue<String> expelled = new LinkedBlockingQueue<>();
  final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
  public final TestProbe<Room.ToRelay> relay = KIT.createTestProbe();

  private final Metrics metrics = new Metrics();
  private final List<PostRule> rules = new ArrayList<>();
  private final List<RoomPart.Factory> parts = new ArrayList<>();
  private final List<Projection> projections = new ArrayList<>();
  private ActorRef<Room.Command> room;

  @SuppressWarnings("NullAway.Init")
  public RoomFixture() {}

  public static <T> TestProbe<T> probe() {
    return KIT.createTestProbe();
  }

  RoomFixture with(PostRule rule) {
    rules.add(rule);
    return this;
  }

  public RoomFixture with(RoomPart.Factory part) {
    parts.add(part);
    return this;
  }

  RoomFixture with(Projection projection) {
    projections.add(projection);
    return this;
  }

  /// Starts the room, or a new incarnation of it.
  public RoomFixture wake() {
    var node =
        new RoomContext(
            SETTINGS,
            new TestClock(),
            log,
            names,
            passcodes,
            (user, from) -> expelled.add(user),
            metrics.rooms(),
            rules,
            parts,
            projections,
            store,
            new RoomContext.AgingContext(
                new RetentionSettings(
                    Retention.NONE,
                    Retention.NONE,
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    1000,
                    new RetentionSettings.Sealing(10_000, Duration.ofDays(30)),
                    Optional.empty()),
                aging,
                new AgingPace(1000, System::nanoTime)));
    room = KIT.spawn(Room.create(id, node, shard.ref()));
    return this;
  }

  ActorRef<Room.Command> room() {
    return room;
  }

  void dies() {
    KIT.stop(room);
  }

  public void diesAndWakes() {
    dies();
    wake();
  }

  void eventually(Runnable assertion) {
    KIT.createTestProbe()
        .awaitAssert(() -> {
          assertion.run();
          return null;
        });
  }

  /// Call after each test.
  public void stop() {
    KIT.stop(room);
    assertThat(exposition()).as("rooms still loaded after the test").contains("\nkith_rooms 0.0\n");
  }

  private String exposition() {
    return new String(metrics.exposition().text(Optional.empty()).bytes(), StandardCharsets.UTF_8);
  }

  public void tell(Room.Command command) {
    room.tell(command);
  }

  public void isMade(Visibility visibility) {
    assertThat(create("ann", visibility)).isEqualTo(Room.DONE);
  }

  public Room.Outcome create(String by, Visibility visibility) {
    return create(by, visibility, Optional.empty());
  }

  public Room.Outcome create(String by, Visibility visibility, Optional<String> passcodeHash) {
    return ask(replyTo ->
        new Room.Create(
            by,
            "lobby",
            "",
            visibility,
            passcodeHash,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            replyTo));
  }

  public Room.Outcome join(String user) {
    return join(user, Optional.empty());
  }

  public Room.Outcome join(String user, Optional<String> passcode) {
    return ask(replyTo -> new Room.Join(user, passcode, Optional.empty(), replyTo));
  }

  public Room.Outcome perform(String by, RoomAction act) {
    return ask(replyTo -> new Room.Perform(by, act, replyTo));
  }

  public Room.Outcome ask(Function<ActorRef<Room.Outcome>, Room.Command> command) {
    var answer = KIT.<Room.Outcome>createTestProbe();
    room.tell(command.apply(answer.ref()));
    return answer.receiveMessage();
  }

  public static RoomAction renamed(String name) {
    return new RoomAction.ChangeSettings(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  public void attach(TestProbe<Room.ToRelay> to) {
    attach(to, 1);
  }

  public void attach(TestProbe<Room.ToRelay> to, long lastSeq) {
    room.tell(new Room.Attach(to.ref()));
    assertThat(to.receiveMessage()).isEqualTo(new Room.Attached(room, lastSeq));
  }

  public void says(String sender, String id) {
    says(sender, id, "hello");
  }

  public void says(String sender, String id, String body) {
    var post = new Post.Say(sender, id, body, OptionalLong.empty());
    room.tell(new Room.Batch(1, List.of(post), relay.ref()));
    relay.expectMessageClass(Room.Committed.class);
    relay.expectMessageClass(Room.BatchDone.class);
  }

  /// Returns when the room has handled all commands sent so far.
  public void settled() {
    var answer = KIT.<RoomView.Answer>createTestProbe();
    room.tell(new Room.Look(new RoomView.Membership("nobody"), answer.ref()));
    answer.receiveMessage();
  }

  public List<Object> journal() {
    return JOURNAL.persistedInStorage(Room.persistenceId(id).id());
  }

  public static Post say(String sender, String id) {
    return new Post.Say(sender, id, "hello", OptionalLong.empty());
  }

  public static RoomEvent posted(String sender, String id) {
    return new RoomEvent.Posted(sender, NOW, id, "hello", OptionalLong.empty(), OptionalLong.of(1));
  }

  /// Answers with the messages that are in the journal at the moment of the read.
  final class JournalLog extends FakeRoomLog {
    private CompletableFuture<Void> facts = CompletableFuture.completedFuture(null);
    private int factsAsked;

    /// The next read waits.
    synchronized CompletableFuture<Void> holdFacts() {
      facts = new CompletableFuture<>();
      return facts;
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
    public CompletionStage<Events> events(String room, long after, int limit) {
      return now().events(room, after, limit);
    }

    @Override
    public CompletionStage<Events> events(String room, Set<Long> seqs) {
      return now().events(room, seqs);
    }

    private FakeRoomLog now() {
      var log = new FakeRoomLog();
      for (var event : journal()) log.add((RoomEvent) event);
      return log;
    }
  }

  /// Answers each search with the next finding that a test has prepared.
  static final class TestAging implements LogAging {
    private final List<Question> questions = new ArrayList<>();
    private final List<Long> destroyed = new ArrayList<>();
    private final Deque<Finding> findings = new ArrayDeque<>();
    private boolean isDown;

    synchronized void finds(Finding... next) {
      findings.addAll(List.of(next));
    }

    synchronized void isDown(boolean down) {
      isDown = down;
    }

    synchronized List<Question> questions() {
      return List.copyOf(questions);
    }

    synchronized List<Long> destroyed() {
      return List.copyOf(destroyed);
    }

    @Override
    public synchronized CompletionStage<Finding> look(Question question) {
      questions.add(question);
      if (isDown) return CompletableFuture.failedFuture(new IllegalStateException("no database"));
      var next = findings.poll();
      return CompletableFuture.completedFuture(next == null ? new Rest() : next);
    }

    @Override
    public synchronized CompletionStage<Step> destroy(
        String room, RoomState state, Destroy hidden) {
      destroyed.add(hidden.before());
      return CompletableFuture.completedFuture(new Step(1, destroyed.size() == 2));
    }

    @Override
    public synchronized CompletionStage<Step> seal(String room, RoomState state, Seal old) {
      return CompletableFuture.completedFuture(new Step(0, true));
    }

    @Override
    public CompletionStage<Preview> preview(String room, Retention limits, Instant now) {
      throw new UnsupportedOperationException();
    }
  }

  static final class TestPasscodes implements RoomContext.Passcodes {
    volatile boolean areTooMany;

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

  static final class TestNames implements NameRegistry {
    private final List<String> calls = new ArrayList<>();
    volatile boolean isTaken;
    volatile boolean isDown;
    private CompletableFuture<Boolean> reservations = CompletableFuture.completedFuture(true);

    synchronized List<String> calls() {
      return List.copyOf(calls);
    }

    synchronized CompletableFuture<Boolean> holdReservations() {
      reservations = new CompletableFuture<>();
      return reservations;
    }

    @Override
    public synchronized CompletionStage<Boolean> reserve(String room, String name) {
      calls.add("reserve " + name);
      return isDown
          ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
          : reservations.thenApply(_ -> !isTaken);
    }

    @Override
    public synchronized void release(String id, RoomState room) {
      calls.add("release for " + room.settings().name());
    }
  }

  /// Remembers the changes applied and the position of each projection.
  static final class TestProjections implements ProjectionStore {
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, List<Projection.Change>> changes = new HashMap<>();
    private CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

    /// Writes wait for this.
    synchronized CompletableFuture<Void> hold() {
      open = new CompletableFuture<>();
      return open;
    }

    synchronized void isAway(boolean away) {
      open =
          away
              ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
              : CompletableFuture.completedFuture(null);
    }

    synchronized List<Projection.Change> changes(Projection projection) {
      return List.copyOf(changes.getOrDefault(projection.name(), List.of()));
    }

    /// The sequence numbers of all applied events, in order.
    synchronized List<Long> applied(Projection projection) {
      return changes(projection).stream()
          .flatMap(change -> change.events().stream())
          .map(Projection.Numbered::seq)
          .toList();
    }

    synchronized long position(Projection projection) {
      return positions.getOrDefault(projection.name(), 0L);
    }

    synchronized void position(Projection projection, long seq) {
      positions.put(projection.name(), seq);
    }

    @Override
    public synchronized CompletionStage<Map<String, Long>> positions(String room) {
      return open.thenApply(_ -> positions());
    }

    private synchronized Map<String, Long> positions() {
      return Map.copyOf(positions);
    }

    @Override
    public synchronized CompletionStage<Boolean> apply(Advance advance) {
      return open.thenApply(_ -> applied(advance));
    }

    private synchronized boolean applied(Advance advance) {
      var name = advance.projection().name();
      if (position(advance.projection()) != advance.from()) return false;
      positions.put(name, advance.to());
      changes.computeIfAbsent(name, _ -> new ArrayList<>()).add(advance.change());
      return true;
    }

    @Override
    public synchronized CompletionStage<Void> reset(Projection projection, String room) {
      return open.thenAccept(_ -> clear(projection));
    }

    private synchronized void clear(Projection projection) {
      positions.remove(projection.name());
      changes.remove(projection.name());
    }
  }
}
