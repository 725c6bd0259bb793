package kith.node.feature.approval;

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
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.node.audit.AuditAct;
import kith.node.core.account.Account;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomFixture;
import kith.node.core.room.Turns;
import kith.node.feature.moderation.TestModeration;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Throttle;
import kith.protocol.Code;
import kith.protocol.JoinState;
import kith.protocol.Visibility;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.protocol.rest.RoomRequests.Moderation;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RoomFixture.LOCK)
class RoomApprovalTest {
  private static final ApprovalSettings BOUNDS =
      new ApprovalSettings(
          10, 10, Duration.ofDays(14), Duration.ofDays(7), new Throttle(1, Duration.ofMinutes(1)));

  private final TestRequests store = new TestRequests();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> audited = new CopyOnWriteArrayList<>();
  private final RoomFixture room =
      new RoomFixture()
          .with(TestModeration.part())
          .with(
              new RoomApproval.Factory(
                  store,
                  (user, command) -> told.add(user + " " + shown(command)),
                  BOUNDS,
                  (act, by, _, user, why) -> audited.add(act + " " + by + " " + user + why),
                  _ -> {},
                  Clock.fixed(NOW, ZoneOffset.UTC)))
          .wake();

  private static String shown(Account.Command command) {
    return switch (command) {
      case Account.Join _ -> "joins";
      case AccountJoins.Changed(_, var joined) -> joined.isPresent() ? "joined" : "changed";
      case Account.Command other -> other.toString();
    };
  }

  @BeforeEach
  void annMakesARoomThatNeedsApproval() {
    room.isMade(Visibility.PUBLIC);
    approves(true);
    assertThat(room.join("eve")).isEqualTo(new Room.Denied(Code.APPROVAL_REQUIRED));
  }

  @AfterEach
  void stop() {
    room.stop();
  }

  @Test
  void anAcceptedUserJoinsThroughItsAccountAndTheRequestEnds() {
    assertThat(ask("eve")).isInstanceOf(Room.Done.class);
    assertThat(waiting()).containsExactly("eve");
    assertThat(room.join("eve")).isEqualTo(new Room.Denied(Code.APPROVAL_REQUIRED));

    assertThat(decide("ann", "eve", true)).isInstanceOf(Room.Done.class);
    room.settled();

    assertThat(told).containsExactly("eve changed", "eve changed", "eve joins");
    assertThat(audited).containsExactly(AuditAct.ROOM_JOIN_ACCEPTED + " ann eveOptional.empty");
    assertThat(room.join("eve")).isInstanceOf(Room.Done.class);
    assertThat(store.byUser).isEmpty();
    assertThat(told).endsWith("eve joined");
  }

  @Test
  void aDeclinedUserIsNotifiedAndCannotAskAgainYet() {
    ask("eve");

    assertThat(
            room.ask(replyTo ->
                new RoomApproval.Decide("ann", "eve", false, Optional.of("full"), replyTo)))
        .isInstanceOf(Room.Done.class);

    assertThat(told).containsExactly("eve changed", "eve changed");
    assertThat(store.byUser.values())
        .extracting(JoinRequest::reason)
        .containsExactly(Optional.of("full"));
    assertThat(waiting()).isEmpty();
    assertThat(ask("eve")).isEqualTo(new Room.Denied(Code.JOIN_DECLINED));
    assertThat(withdraw("eve")).isInstanceOf(Room.Done.class);
    assertThat(ask("eve")).isEqualTo(new Room.Denied(Code.JOIN_DECLINED));
    assertThat(room.join("eve")).isEqualTo(new Room.Denied(Code.APPROVAL_REQUIRED));
  }

  @Test
  void anAcceptedUserIsNotifiedUntilItIsAMember() {
    ask("eve");
    decide("ann", "eve", true);
    told.clear();

    TIME.timePasses(Intervals.ROOM_RETRY);
    room.settled();
    assertThat(told).containsExactly("eve joins");

    room.diesAndWakes();
    // answered when the room has read its requests
    assertThat(waiting()).isEmpty();
    assertThat(told).containsExactly("eve joins", "eve joins");
    assertThat(room.join("eve")).isInstanceOf(Room.Done.class);
    told.clear();
    TIME.timePasses(Intervals.RAREST_REQUEST_RETRY);
    room.settled();
    assertThat(told).isEmpty();
  }

  @Test
  void aRequestWaitsUntilTheRoomHasReadTheEarlierOnes() {
    ask("eve");
    var read = store.turns.hold();
    room.diesAndWakes();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(new RoomApproval.Decide("ann", "eve", true, Optional.empty(), answer.ref()));
    room.settled();
    answer.expectNoMessage(Duration.ZERO);

    read.complete(null);

    assertThat(answer.receiveMessage()).isInstanceOf(Room.Done.class);
  }

  @Test
  void aChangeIsAnsweredOnlyWhenItIsStored() {
    var write = store.turns.hold();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(new RoomApproval.AskToJoin("eve", Optional.empty(), answer.ref()));
    room.settled();
    answer.expectNoMessage(Duration.ZERO);
    assertThat(waiting()).isEmpty();

    write.completeExceptionally(new IllegalStateException("the database is away"));

    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.UNAVAILABLE));
    assertThat(told).isEmpty();
    assertThat(ask("eve")).isInstanceOf(Room.Done.class);
  }

  @Test
  void theFirstOfTwoDecisionsCounts() {
    ask("eve");
    var first = store.turns.hold();
    var answer = RoomFixture.<Room.Outcome>probe();
    room.tell(new RoomApproval.Decide("ann", "eve", true, Optional.empty(), answer.ref()));
    room.tell(new RoomApproval.Decide("ann", "eve", false, Optional.empty(), answer.ref()));
    room.settled();

    first.complete(null);

    assertThat(answer.receiveMessage()).isInstanceOf(Room.Done.class);
    assertThat(answer.receiveMessage()).isEqualTo(new Room.Denied(Code.UNKNOWN_JOIN_REQUEST));
    assertThat(room.join("eve")).isInstanceOf(Room.Done.class);
  }

  @Test
  void aStoreThatIsFullRefuses() {
    store.isFull = true;

    assertThat(ask("eve")).isEqualTo(new Room.Denied(Code.TOO_MANY_JOIN_REQUESTS));
  }

  @Test
  void requestsEndWithTheSettingABanAndTheRoom() {
    ask("eve");
    room.perform("ann", new RoomAction.Ban("eve", Optional.empty()));
    assertThat(store.byUser).isEmpty();
    ask("cem");
    approves(false);
    assertThat(store.byUser).isEmpty();
    assertThat(ask("cem")).isEqualTo(new Room.Denied(Code.APPROVAL_NOT_REQUIRED));
    approves(true);
    ask("dan");
    told.clear();

    assertThat(room.perform("ann", new RoomAction.Delete())).isInstanceOf(Room.Done.class);

    assertThat(store.byUser).isEmpty();
    assertThat(told).containsExactly("dan changed");
    assertThat(audited).isEmpty();
  }

  private void approves(boolean is) {
    var moderation = new Moderation(OptionalInt.empty(), Optional.empty(), Optional.of(is));
    var none = Optional.<String>empty();
    room.perform(
        "ann",
        new RoomAction.ChangeSettings(
            none,
            none,
            Optional.empty(),
            none,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(moderation)));
  }

  private Room.Outcome ask(String user) {
    return room.ask(replyTo -> new RoomApproval.AskToJoin(user, Optional.of("hi"), replyTo));
  }

  private Room.Outcome withdraw(String user) {
    return room.ask(replyTo -> new RoomApproval.Withdraw(user, replyTo));
  }

  private Room.Outcome decide(String by, String user, boolean accept) {
    return room.ask(
        replyTo -> new RoomApproval.Decide(by, user, accept, Optional.empty(), replyTo));
  }

  private List<String> waiting() {
    var answer = RoomFixture.<RoomApproval.Answer>probe();
    ActorRef<RoomApproval.Answer> replyTo = answer.ref();
    room.tell(new RoomApproval.ListRequests("ann", replyTo));
    return ((RoomApproval.Waiting) answer.receiveMessage())
        .requests().stream().map(JoinRequest::user).toList();
  }

  /// A table in memory, whose next read or write can be held.
  private static final class TestRequests implements RequestStore {
    private final Map<String, JoinRequest> byUser = new ConcurrentHashMap<>();
    private final Turns turns = new Turns();
    private volatile boolean isFull;

    @Override
    public CompletionStage<List<JoinRequest>> ofRoom(String room, Instant now) {
      return turns.run(() -> List.copyOf(byUser.values()));
    }

    @Override
    public CompletionStage<List<OwnJoinRequest>> ofAccount(String user, Instant now) {
      throw new UnsupportedOperationException("rooms do not ask this");
    }

    @Override
    public CompletionStage<Boolean> put(String room, String name, JoinRequest request) {
      return turns.run(() -> {
        if (!isFull) byUser.put(request.user(), request);
        return !isFull;
      });
    }

    @Override
    public CompletionStage<Boolean> decide(String room, JoinRequest decided) {
      return turns.run(() -> {
        var before = byUser.get(decided.user());
        if (before == null || before.state() != JoinState.WAITING) return false;
        byUser.put(decided.user(), decided);
        return true;
      });
    }

    @Override
    public CompletionStage<Boolean> remove(String room, Set<String> users) {
      return turns.run(() -> byUser.keySet().removeAll(users));
    }

    @Override
    public CompletionStage<List<String>> removeAll(String room) {
      return turns.run(() -> {
        var users = List.copyOf(byUser.keySet());
        byUser.clear();
        return users;
      });
    }
  }
}
