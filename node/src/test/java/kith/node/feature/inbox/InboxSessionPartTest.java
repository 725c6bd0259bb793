package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.node.core.account.Account;
import kith.node.core.room.Counts;
import kith.node.core.room.Tally;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;
import kith.node.feature.mentions.TestMentions;
import kith.protocol.Visibility;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/// The requests of a session to its account, and the rooms that it sends to its client.
class InboxSessionPartTest extends SessionFixture {
  private final TestRoomSummaries summaries = new TestRoomSummaries();
  private final TestProbe<InboxNews.Command> news = kit().createTestProbe();
  private final TestProbe<Account.Command> elsewhere = kit().createTestProbe();

  @Override
  protected SessionFeatures features() {
    var lookup = new InboxLookup(summaries, new TestMentions());
    return new SessionFeatures(
        List.of(new InboxSessionPart.Factory(SETTINGS, news.ref(), lookup)), List.of());
  }

  @Test
  void theAccountIsAskedUntilItAnswers() {
    signsInForInbox();
    account.expectMessageClass(AccountInbox.Follow.class);

    time().timePasses(Duration.ofSeconds(2));

    var follow = account.expectMessageClass(AccountInbox.Follow.class);

    follow.session().tell(state(10));
    follows();
    time().timePasses(Duration.ofSeconds(10));
    account.expectNoMessage();
  }

  @Test
  void anAccountThatMovedIsFollowedBeforeItGetsTheReadPositions() {
    signsInForInbox();
    account.expectMessageClass(AccountInbox.Follow.class).session().tell(state(10));
    follows();

    account.stop();
    attaches().replyTo().tell(attached(elsewhere.ref(), List.of()));

    elsewhere.expectMessageClass(AccountInbox.Follow.class);
    assertThat(elsewhere.expectMessageClass(AccountInbox.ReadAgain.class).reads())
        .containsExactly(new ReadUpTo("r1", 10, Optional.of(new Counts(10))));
  }

  @Test
  void manyRoomsComeInSeveralFrames() {
    signsInForInbox();
    var inbox = account.expectMessageClass(AccountInbox.Follow.class).session();
    var rooms = knows(450, inbox);

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
  void theLastFrameIsSentEvenIfTheRemainingRoomIsGone() {
    signsInForInbox();
    var inbox = account.expectMessageClass(AccountInbox.Follow.class).session();
    socket.fullAfter(1);
    var left = knows(201, inbox);
    for (var row : socket.expect(ServerFrame.Inbox.class).rooms()) left.remove(row.room());

    inbox.tell(new AccountInbox.Left(left.getFirst()));
    settled();
    socket.unwritten(0);
    drained();

    assertThat(socket.expect(ServerFrame.Inbox.class))
        .isEqualTo(new ServerFrame.Inbox(List.of(), List.of(), false, Optional.empty()));
  }

  /// The account has this many rooms, all with entries.
  private List<String> knows(int many, ActorRef<AccountInbox.Word> inbox) {
    var rooms = new ArrayList<String>();
    for (int room = 1; room <= many; room++) {
      rooms.add("r" + room);
      summaries.are(
          new RoomSummary("r" + room, "tea", Visibility.PUBLIC, 10, Tally.NONE, List.of()));
    }
    inbox.tell(page(rooms, Optional.empty(), Optional.empty()));
    var follow = news.expectMessageClass(InboxNews.Follow.class);
    follow.session().tell(new InboxNews.Following(follow.rooms()));
    return rooms;
  }

  @Test
  void theRoomsOfAnAccountAreKnownWhenAllPagesAreHere() {
    signsInForInbox();
    var inbox = account.expectMessageClass(AccountInbox.Follow.class).session();
    inbox.tell(page(List.of("r0", "r1"), Optional.empty(), Optional.of("r1")));
    // the account starts again, and the second of three pages is lost
    inbox.tell(page(List.of("r1"), Optional.empty(), Optional.of("r1")));
    inbox.tell(page(List.of("r3"), Optional.of("r2"), Optional.empty()));
    news.expectNoMessage();

    inbox.tell(page(List.of("r1"), Optional.empty(), Optional.of("r1")));
    inbox.tell(page(List.of("r2"), Optional.of("r1"), Optional.empty()));

    assertThat(news.expectMessageClass(InboxNews.Follow.class).rooms())
        .containsExactlyInAnyOrder("r1", "r2");
  }

  private static AccountInbox.State page(
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
