package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.node.core.account.Account;
import kith.node.core.account.Page;
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
        List.of(), List.of(new InboxSessionPart.Factory(SETTINGS, news.ref(), lookup)), List.of());
  }

  @Test
  void theSessionAttachesAgainUntilThePositionsArrive() {
    signsInForInbox(List.of("r1"));

    time().timePasses(Duration.ofSeconds(1));
    var again = attaches();
    assertThat(again.live()).isTrue();
    again.replyTo().tell(attached(account.ref(), List.of("r1")));
    again.replyTo().tell(known(10));
    follows();

    time().timePasses(Duration.ofSeconds(10));
    attachesNoMore();
  }

  @Test
  void aSessionWithoutLiveViewsWaitsForNoPositions() {
    signsIn();

    time().timePasses(Duration.ofSeconds(10));

    attachesNoMore();
  }

  @Test
  void anAccountThatMovedGetsTheReadPositions() {
    signsInForInbox(List.of("r1")).replyTo().tell(known(10));
    follows();

    account.stop();
    attaches().replyTo().tell(attached(elsewhere.ref(), List.of("r1")));

    assertThat(elsewhere.expectMessageClass(AccountInbox.ReadAgain.class).reads())
        .containsExactly(new ReadUpTo("r1", 10, Optional.of(new Counts(10))));
  }

  @Test
  void manyRoomsComeInSeveralFrames() {
    var rooms = rooms(450);
    knows(rooms, signsInForInbox(rooms));

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
    var left = rooms(201);
    var attaching = signsInForInbox(left);
    socket.fullAfter(1);
    knows(left, attaching);
    for (var row : socket.expect(ServerFrame.Inbox.class).rooms()) left.remove(row.room());

    attaching.replyTo().tell(new AccountInbox.Left(left.getFirst()));
    settled();
    socket.unwritten(0);
    drained();

    assertThat(socket.expect(ServerFrame.Inbox.class))
        .isEqualTo(new ServerFrame.Inbox(List.of(), List.of(), false, Optional.empty()));
  }

  private static List<String> rooms(int many) {
    var rooms = new ArrayList<String>();
    for (int room = 1; room <= many; room++) rooms.add("r" + room);
    return rooms;
  }

  /// All rooms have entries, and their positions arrive.
  private void knows(List<String> rooms, Attaching attaching) {
    for (var room : rooms)
      summaries.are(new RoomSummary(room, "tea", Visibility.PUBLIC, 10, Tally.NONE, List.of()));
    attaching.replyTo().tell(page(Page.ONLY));
    var follow = news.expectMessageClass(InboxNews.Follow.class);
    follow.session().tell(new InboxNews.Following(follow.rooms()));
  }

  @Test
  void theInboxIsSentWhenAllPagesOfThePositionsHaveArrived() {
    var replyTo = signsInForInbox(List.of("r1", "r2")).replyTo();
    replyTo.tell(page(new Page(1, 3)));
    // the account starts again, and the second of three pages is lost
    replyTo.tell(page(new Page(1, 3)));
    replyTo.tell(page(new Page(3, 3)));
    news.expectNoMessage();

    replyTo.tell(page(new Page(1, 2)));
    replyTo.tell(page(new Page(2, 2)));

    assertThat(news.expectMessageClass(InboxNews.Follow.class).rooms())
        .containsExactlyInAnyOrder("r1", "r2");
  }

  private static AccountInbox.Known page(Page page) {
    return new AccountInbox.Known(page, List.of(), List.of());
  }

  private void follows() {
    assertThat(news.expectMessageClass(InboxNews.Follow.class).rooms()).containsExactly("r1");
  }

  private static AccountInbox.Known known(long read) {
    var position = new Position("r1", read, new Counts(read), OptionalLong.empty(), false);
    return new AccountInbox.Known(Page.ONLY, List.of(position), List.of());
  }
}
