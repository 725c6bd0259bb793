package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.NOW;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Post;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomLog;
import kith.node.feature.receipts.RelayReceipts;
import kith.node.feature.typing.RelayTyping;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.config.Throttle;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.metrics.RoomMetrics;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A relay of a room whose log has ten entries when it attaches.
@ResourceLock("actors and time of relays")
abstract class RelayFixture {
  static final ActorTestKit KIT = LocalActors.create(ManualTime.config());
  static final ManualTime TIME = ManualTime.get(KIT.system());
  static final Duration RETRY = Duration.ofSeconds(2);
  static final Duration LEASE = Duration.ofSeconds(30);

  static final RoomSettings SETTINGS =
      new RoomSettings(
          10,
          5,
          5,
          Duration.ofDays(30),
          4,
          10_000,
          8,
          100_000,
          3,
          10_000,
          64,
          10,
          Duration.ofSeconds(10),
          RETRY,
          LEASE,
          Duration.ofMinutes(2),
          100,
          new RoomSettings.Idempotency(10, 80, Duration.ofHours(1)),
          new RoomSettings.Passcodes(6, new Throttle(3, Duration.ofMinutes(1))),
          new RoomSettings.Repeatable(Duration.ofHours(1), 10));

  final TestClock clock = new TestClock();
  final FakeRoomLog log = new FakeRoomLog();

  /// Receives the messages that are sent to the room by name.
  final TestProbe<Room.Command> sharding = KIT.createTestProbe();

  final TestProbe<Room.Command> room = KIT.createTestProbe();
  final TestProbe<Relays.Command> relays = KIT.createTestProbe();
  final ActorRef<RoomRelay.Command> relay =
      KIT.spawn(
          RoomRelay.create(
              "r1",
              new TestReach(),
              new WebSocketFraming(),
              RelayParts.Kinds.of(
                  List.of(RelayReceipts.factory(SETTINGS.members()), RelayTyping.factory())),
              relays.ref()));

  final class TestReach implements RoomAccess {
    @Override
    public void tell(String name, Room.Command command) {
      sharding.ref().tell(command);
    }

    @Override
    public RoomSettings settings() {
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

  void fromRoom(Room.ToRelay message) {
    relay.tell(new RoomRelay.FromRoom(message));
  }

  @AfterEach
  void stopTheRelay() {
    KIT.stop(relay);
  }

  void attached() {
    log.saysUpTo(10);
    sharding.expectMessageClass(Room.Attach.class);
    attached(room, 10);
  }

  void attached(TestProbe<Room.Command> to, long lastSeq) {
    fromRoom(new Room.Attached(to.ref(), lastSeq));
  }

  TestProbe<ToSession> opens(String user) {
    var session = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Open(user, session.ref()));
    assertThat(sharding.expectMessageClass(Room.Admit.class).user()).isEqualTo(user);
    return session;
  }

  void admits(String user) {
    admits(user, 10);
  }

  void admits(String user, long seq) {
    fromRoom(new Room.Admission(user, Optional.empty(), seq));
  }

  TestProbe<ToSession> enters(String user) {
    var session = opens(user);
    admits(user);
    session.expectMessageClass(RoomRelay.Opened.class);
    return session;
  }

  TestProbe<ToSession> listens(String user) {
    var session = enters(user);
    isNowLive(session, 10);
    return session;
  }

  void isNowLive(TestProbe<ToSession> session, long last) {
    var chunk = reads(session, last);
    assertThat(chunk.frame().isEmpty()).isTrue();
    assertThat(chunk.last()).isEqualTo(last);
    assertThat(chunk.isLive()).isTrue();
  }

  RoomRelay.Chunk reads(TestProbe<ToSession> session, long after) {
    relay.tell(new RoomRelay.Read(after, 1, session.ref()));
    return session.expectMessageClass(RoomRelay.Chunk.class);
  }

  void commits(long first, long last) {
    var events =
        LongStream.rangeClosed(first, last)
            .mapToObj(seq -> said("ann", "id-" + seq, "m" + seq))
            .toList();
    fromRoom(new Room.Committed(first, events));
  }

  static void sees(TestProbe<ToSession> session, long first, long last) {
    for (var next = first; next <= last; ) {
      var published = session.expectMessageClass(RoomRelay.Published.class);
      assertThat(published.first()).isEqualTo(next);
      next = published.last() + 1;
      assertThat(next).isLessThanOrEqualTo(last + 1);
    }
  }

  void posts(TestProbe<ToSession> session, String id) {
    var say = new Post.Say("ann", id, "hello", OptionalLong.empty());
    relay.tell(new RoomRelay.Submit(say, session.ref()));
  }

  List<String> batch() {
    return sharding.expectMessageClass(Room.Batch.class).posts().stream().map(Post::id).toList();
  }

  void answers(long batch, long seq) {
    fromRoom(new Room.BatchDone(batch, List.of(new Post.Accepted(seq, NOW))));
  }

  static RoomRelay.Answered refused(String id, Code code) {
    return new RoomRelay.Answered("r1", id, new Post.Refused(code));
  }

  void awaitReads(int count) {
    KIT.createTestProbe()
        .awaitAssert(() -> {
          assertThat(log.readsAfter()).hasSize(count);
          return count;
        });
  }

  /// Waits until the relay has handled all messages sent before.
  void settled() {
    var nobody = KIT.<ToSession>createTestProbe();
    relay.tell(new RoomRelay.Read(0, 1, nobody.ref()));
    nobody.expectMessageClass(RoomRelay.Closed.class);
  }

  void passes(Duration duration) {
    clock.advance(duration);
    TIME.timePasses(duration);
  }
}
