package kith.node.feature.moderation;

import static kith.node.core.room.RoomFixture.TIME;
import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.audit.AuditAct;
import kith.node.core.room.Post;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomFixture;
import kith.node.core.room.Turns;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class RoomModerationTest {
  private final TestMutes store = new TestMutes();
  private final Map<String, Integer> reports = new ConcurrentHashMap<>();
  private final List<String> audited = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final RoomFixture room =
      new RoomFixture()
          .with(
              new RoomModeration.Factory(
                  store,
                  _ -> CompletableFuture.completedFuture(Map.copyOf(reports)),
                  (act, by, _, user, _) -> audited.add(act + " " + by + " " + user),
                  () -> {},
                  told::add,
                  Clock.fixed(NOW, ZoneOffset.UTC)))
          .wake();
  private final TestProbe<Room.ToRelay> relay = room.relay;
  private long batches = 1;

  @BeforeEach
  void annMakesARoomThatBobJoins() {
    room.isMade(Visibility.PUBLIC);
    assertThat(room.join("bob")).isInstanceOf(Room.Done.class);
  }

  @AfterEach
  void stop() {
    room.stop();
  }

  @Test
  void aMutedMembersPostIsRefusedAndOthersAreNotified() {
    room.attach(relay, 2);

    assertThat(mute("ann", "bob")).isEqualTo(new Room.Done(Optional.empty()));

    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).mutes()).hasSize(1);
    assertThat(verdict("bob", "1"))
        .isEqualTo(new Post.Refused(Code.MUTED, OptionalLong.of(600_000)));
    assertThat(audited).containsExactly(AuditAct.ROOM_MUTE + " ann bob");
  }

  @Test
  void anAcceptedPostIsAcknowledgedAgainAfterAMute() {
    room.attach(relay, 2);
    room.says("bob", "1");

    mute("ann", "bob");
    relay.expectMessageClass(RoomModeration.Standing.class);

    assertThat(verdict("bob", "1")).isInstanceOf(Post.Accepted.class);
    assertThat(verdict("bob", "2")).isInstanceOf(Post.Refused.class);
  }

  @Test
  void aRoomDecidesNoPostBeforeItHasReadItsMutes() {
    mute("ann", "bob");
    var read = store.turns.hold();
    room.diesAndWakes();
    room.attach(relay, 2);
    posts("ann", "1");
    posts("bob", "2");
    room.settled();
    relay.expectNoMessage(Duration.ZERO);

    read.complete(null);

    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).mutes()).hasSize(1);
    relay.expectMessageClass(Room.Committed.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).verdicts().getFirst())
        .isInstanceOf(Post.Accepted.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).verdicts().getFirst())
        .isInstanceOf(Post.Refused.class);
  }

  @Test
  void mutesThatCannotBeReadAreReadAgain() {
    mute("ann", "bob");
    var read = store.turns.hold();
    room.diesAndWakes();
    room.attach(relay, 2);
    posts("bob", "1");
    read.completeExceptionally(new IllegalStateException("the database is away"));
    room.settled();
    relay.expectNoMessage(Duration.ZERO);

    TIME.timePasses(Intervals.PART_READ_RETRY);

    relay.expectMessageClass(RoomModeration.Standing.class);
    assertThat(relay.expectMessageClass(Room.BatchDone.class).verdicts().getFirst())
        .isInstanceOf(Post.Refused.class);
  }

  @Test
  void aMuteIsInForceAndAnsweredOnlyWhenItIsStored() {
    room.attach(relay, 2);
    room.says("bob", "1");
    var write = store.turns.hold();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(muteUser("ann", "bob", answer.ref()));
    room.settled();
    answer.expectNoMessage(Duration.ZERO);
    room.says("bob", "2");

    write.complete(null);

    assertThat(answer.receiveMessage()).isInstanceOf(Room.Done.class);
    relay.expectMessageClass(RoomModeration.Standing.class);
    assertThat(verdict("bob", "3")).isInstanceOf(Post.Refused.class);
  }

  @Test
  void aMuteThatCannotBeStoredIsNotInForce() {
    room.attach(relay, 2);
    var write = store.turns.hold();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(muteUser("ann", "bob", answer.ref()));
    room.settled();

    write.completeExceptionally(new IllegalStateException("the database is away"));

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(audited).isEmpty();
    room.says("bob", "1");
  }

  @Test
  void changesOfOneRoomAreStoredInTheirOrder() {
    room.attach(relay, 2);
    var first = store.turns.hold();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(muteUser("ann", "bob", answer.ref()));
    room.tell(new RoomModeration.EndMute("ann", "bob", answer.ref()));
    room.settled();

    first.complete(null);

    answer.receiveMessage();
    answer.receiveMessage();
    assertThat(store.byUser).isEmpty();
    relay.expectMessageClass(RoomModeration.Standing.class);
    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).mutes()).isEmpty();
    room.says("bob", "1");
    assertThat(audited).hasSize(2);
  }

  @Test
  void aRoomThatHasTooManyMutesRefusesOne() {
    store.isFull = true;

    assertThat(mute("ann", "bob")).isEqualTo(new Room.Denied(Code.TOO_MANY_MUTES));
  }

  @Test
  void aRelayReceivesTheMutesInForce() {
    mute("ann", "bob");
    room.attach(relay, 2);

    room.tell(new RoomModeration.Ask(relay.ref()));

    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).mutes())
        .extracting(Mute::user)
        .containsExactly("bob");
  }

  @Test
  void relaysReceiveTheNumberOfOpenReportsAndTheirHandlers() {
    room.attach(relay, 2);
    reports.put("eve", 2);

    room.tell(new RoomModeration.Recount());

    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).pending())
        .contains(
            new RoomModeration.Pending(
                Set.of("ann"), List.of(new RoomModeration.OpenReports("eve", 2))));
    room.perform("ann", new RoomAction.ChangeRole("bob", Role.MODERATOR));
    relay.expectMessageClass(Room.Committed.class);
    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).pending())
        .contains(
            new RoomModeration.Pending(
                Set.of("ann", "bob"), List.of(new RoomModeration.OpenReports("eve", 2))));
    reports.clear();
    room.tell(new RoomModeration.Recount());
    assertThat(relay.expectMessageClass(RoomModeration.Standing.class).pending()).isEmpty();
  }

  @Test
  void theLastReportOfARoomThatWasAsleepIsNewsWhenItIsHandled() {
    room.diesAndWakes();
    room.settled();
    told.clear();

    room.tell(new RoomModeration.Recount());
    room.settled();

    assertThat(told).isNotEmpty();
  }

  @Test
  void aDeletedRoomLeavesNoMutes() {
    mute("ann", "bob");

    assertThat(room.perform("ann", new RoomAction.Delete())).isInstanceOf(Room.Done.class);

    assertThat(store.byUser).isEmpty();
  }

  private Room.Outcome mute(String by, String user) {
    return room.ask(replyTo -> muteUser(by, user, replyTo));
  }

  private static RoomModeration.MuteUser muteUser(
      String by, String user, ActorRef<Room.Outcome> replyTo) {
    return new RoomModeration.MuteUser(by, user, 600_000, Optional.empty(), replyTo);
  }

  private void posts(String sender, String id) {
    batches++;
    room.tell(new Room.Batch(batches, List.of(RoomFixture.say(sender, id)), relay.ref()));
  }

  private Post.Verdict verdict(String sender, String id) {
    posts(sender, id);
    return relay.expectMessageClass(Room.BatchDone.class).verdicts().getFirst();
  }

  /// A table in memory, whose next read or write can be held.
  private static final class TestMutes implements MuteStore {
    private final Map<String, Mute> byUser = new ConcurrentHashMap<>();
    private final Turns turns = new Turns();
    private volatile boolean isFull;

    @Override
    public CompletionStage<List<Mute>> ofRoom(String room, Instant now) {
      return turns.run(() -> List.copyOf(byUser.values()));
    }

    @Override
    public CompletionStage<Boolean> put(String room, Mute mute) {
      return turns.run(() -> {
        if (!isFull) byUser.put(mute.user(), mute);
        return !isFull;
      });
    }

    @Override
    public CompletionStage<Boolean> remove(String room, String user) {
      return turns.run(() -> {
        byUser.remove(user);
        return true;
      });
    }

    @Override
    public CompletionStage<Integer> removeAll(String room) {
      byUser.clear();
      return CompletableFuture.completedFuture(0);
    }
  }
}
