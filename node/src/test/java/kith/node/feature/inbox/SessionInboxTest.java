package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.Relays;
import kith.node.core.room.Counts;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.RoomView;
import kith.node.core.room.Tally;
import kith.node.core.session.FakeSocket;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.core.session.SessionContext;
import kith.node.core.session.SessionTest;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;
import kith.node.feature.mentions.TestMentions;
import kith.node.feature.presence.Presence;
import kith.node.gateway.socket.SocketEvent;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a session asks its account for, and what it tells its client of all rooms.
class SessionInboxTest {
  private static final ActorTestKit KIT = LocalActors.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());

  private final FakeSocket socket = new FakeSocket();
  private final TestRoomSummaries headlines = new TestRoomSummaries();
  private final TestProbe<InboxNews.Command> news = KIT.createTestProbe();
  private final TestProbe<Account.Command> account = KIT.createTestProbe();
  private final TestProbe<Account.Command> elsewhere = KIT.createTestProbe();
  private final ActorRef<Session.Command> session = KIT.spawn(inbox());

  /// Stands for the whole session; its account is `elsewhere` once that is lost.
  private Behavior<Session.Command> inbox() {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var world = world();
          var outbound = new Outbound(socket, SessionTest.WINDOW, world.metrics());
          var inbox =
              new SessionInbox(context, timers, world, outbound, "ann", account.ref(), true);
          inbox.follow();
          return Behaviors.receiveMessage(command -> {
            if (command instanceof Session.FromInbox(var word)) inbox.on(word);
            if (command instanceof Session.FromNews(var word)) inbox.on(word);
            if (command instanceof Session.HeadlinesRead(var found)) inbox.onRead(found);
            if (command instanceof Session.FollowAgain) inbox.follow();
            if (command instanceof Session.AccountLost) inbox.accountIs(elsewhere.ref());
            if (command instanceof Session.FromSocket) inbox.tell();
            return Behaviors.same();
          });
        }));
  }

  private SessionContext world() {
    return new SessionContext(
        SessionTest.SETTINGS,
        SessionTest.LIMITS,
        "node-1",
        () -> 0,
        _ -> {},
        new Nobody(),
        KIT.<Relays.Command>createTestProbe().ref(),
        new FakeRoomLog(),
        new Metrics().sessions(),
        news.ref(),
        new InboxLookup(headlines, new TestMentions()),
        KIT.<Presence.Command>createTestProbe().ref(),
        (_, _) -> CompletableFuture.completedFuture(new RoomView.Denied(Code.UNKNOWN_ROOM)));
  }

  private static final class Nobody implements SessionContext.Identity {
    @Override
    public Optional<Access> caller(String accessToken) {
      return Optional.empty();
    }

    @Override
    public void attach(
        Access caller,
        ActorRef<Account.AttachReply> replyTo,
        ActorRef<Account.DeviceEnded> session) {}
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void theAccountIsAskedUntilItAnswers() {
    account.expectMessageClass(AccountInbox.Follow.class);

    TIME.timePasses(Duration.ofSeconds(2));

    var follow = account.expectMessageClass(AccountInbox.Follow.class);

    follow.session().tell(state(10));
    follows();
    TIME.timePasses(Duration.ofSeconds(10));
    account.expectNoMessage();
  }

  @Test
  void anAccountThatMovedIsFollowedBeforeItIsToldWhatWasRead() {
    account.expectMessageClass(AccountInbox.Follow.class).session().tell(state(10));
    follows();

    session.tell(new Session.AccountLost());

    elsewhere.expectMessageClass(AccountInbox.Follow.class);
    assertThat(elsewhere.expectMessageClass(AccountInbox.ReadAgain.class).reads())
        .containsExactly(new ReadUpTo("r1", 10, Optional.of(new Counts(10))));
  }

  @Test
  void manyRoomsComeInSeveralFrames() {
    var rooms = knows(450);

    var frames = Stream.generate(() -> socket.expect(ServerFrame.Inbox.class)).limit(3).toList();

    assertThat(frames).extracting(it -> it.rooms().size()).containsExactly(200, 200, 50);
    assertThat(frames).extracting(ServerFrame.Inbox::whole).containsExactly(true, false, false);
    assertThat(frames)
        .extracting(ServerFrame.Inbox::more)
        .containsExactly(Optional.of(true), Optional.of(true), Optional.empty());
    assertThat(frames)
        .flatExtracting(ServerFrame.Inbox::rooms)
        .extracting(InboxRoom::room)
        .containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void theEndIsToldAlsoIfWhatWasLeftIsGone() {
    socket.fullAfter(1);
    var left = knows(201);
    for (var row : socket.expect(ServerFrame.Inbox.class).rooms()) left.remove(row.room());

    session.tell(new Session.FromInbox(new AccountInbox.Left(left.getFirst())));
    session.tell(new Session.FollowAgain());
    account.expectMessageClass(AccountInbox.Follow.class);
    socket.unwritten(0);
    session.tell(new Session.FromSocket(new SocketEvent.Drained()));

    assertThat(socket.expect(ServerFrame.Inbox.class))
        .isEqualTo(new ServerFrame.Inbox(List.of(), List.of(), false, Optional.empty()));
  }

  /// All that is new in so many rooms.
  private List<String> knows(int many) {
    var rooms = new ArrayList<String>();
    for (int room = 1; room <= many; room++) {
      rooms.add("r" + room);
      headlines.are(
          new RoomSummary("r" + room, "tea", Visibility.PUBLIC, 10, Tally.NONE, List.of()));
    }
    account
        .expectMessageClass(AccountInbox.Follow.class)
        .session()
        .tell(portion(rooms, Optional.empty(), Optional.empty()));
    var follow = news.expectMessageClass(InboxNews.Follow.class);
    follow.session().tell(new InboxNews.Following(follow.rooms()));
    return rooms;
  }

  @Test
  void theRoomsOfAnAccountAreKnownWhenAllPortionsAreHere() {
    var inbox = account.expectMessageClass(AccountInbox.Follow.class).session();
    inbox.tell(portion(List.of("r0", "r1"), Optional.empty(), Optional.of("r1")));
    // begins anew, and the second of three is lost
    inbox.tell(portion(List.of("r1"), Optional.empty(), Optional.of("r1")));
    inbox.tell(portion(List.of("r3"), Optional.of("r2"), Optional.empty()));
    news.expectNoMessage();

    inbox.tell(portion(List.of("r1"), Optional.empty(), Optional.of("r1")));
    inbox.tell(portion(List.of("r2"), Optional.of("r1"), Optional.empty()));

    assertThat(news.expectMessageClass(InboxNews.Follow.class).rooms())
        .containsExactlyInAnyOrder("r1", "r2");
  }

  private static AccountInbox.State portion(
      List<String> rooms, Optional<String> after, Optional<String> next) {
    return new AccountInbox.State(
        rooms, List.of(), Optional.empty(), Optional.empty(), after, next);
  }

  private void follows() {
    assertThat(news.expectMessageClass(InboxNews.Follow.class).rooms()).containsExactly("r1");
  }

  private static AccountInbox.State state(long read) {
    var position = new Position("r1", read, new Counts(read), OptionalLong.empty(), false);
    return new AccountInbox.State(
        List.of("r1"),
        List.of(position),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
