package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.node.core.account.Account;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.TestRooms;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.core.room.Tally;
import kith.node.feature.conversations.AccountConversations;
import kith.node.feature.conversations.Conversation;
import kith.node.feature.conversations.TestConversationRooms;
import kith.node.feature.inbox.AccountInbox.Known;
import kith.node.feature.inbox.AccountInbox.MarkUnread;
import kith.node.feature.inbox.AccountInbox.Moved;
import kith.node.feature.inbox.AccountInbox.ReadUpTo;
import kith.node.feature.inbox.AccountInbox.State;
import kith.node.feature.presence.AccountStatus;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The read position of an account in a room of ten entries, all of them messages.
class AccountInboxTest {
  private static final ActorTestKit KIT = AccountFixture.kit();

  private static final InboxSettings BOUNDS = new InboxSettings(1_000, 100);

  private final TestPositions positions = new TestPositions();
  private final TestRoomSummaries summaries = new TestRoomSummaries();
  private final TestRooms rooms = new TestRooms();
  private final AccountFixture ann =
      new AccountFixture(
          KIT,
          rooms,
          AccountInbox.part(positions, summaries, BOUNDS),
          AccountConversations.part(
              new TestConversationRooms(rooms), TestConversationRooms.settings(10)),
          AccountStatus.part((_, _) -> {}));
  private final TestProbe<Object> phone = KIT.createTestProbe();
  private final TestProbe<Object> laptop = KIT.createTestProbe();

  @BeforeEach
  void annIsInARoomOfTen() {
    var device = ann.signsUp().device();
    rooms.make("r1");
    summaries.are(new RoomSummary("r1", "tea", Visibility.PUBLIC, 10, Tally.NONE, List.of()));
    follows(device, phone);
    ann.joins("r1");
    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(read(10));
    phone.expectMessageClass(AccountInbox.Joined.class);
    summaries.are(new RoomSummary("r1", "tea", Visibility.PUBLIC, 20, Tally.NONE, List.of()));
    follows(device, laptop);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void readingOnOneDeviceIsSentToAll() {
    ann.tells(new ReadUpTo("r1", 15, Optional.empty()));

    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(read(15));
    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(15));
  }

  @Test
  void readingEndsWhereTheRoomEnds() {
    ann.tells(new ReadUpTo("r1", 1_000, Optional.empty()));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(20));
  }

  @Test
  void anOlderReadDoesNotMoveThePosition() {
    ann.tells(new ReadUpTo("r1", 5, Optional.empty()));
    ann.tells(new ReadUpTo("r1", 16, Optional.of(new Counts(16))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void readingInARoomOfOthersIsIgnored() {
    ann.tells(new ReadUpTo("r2", 5, Optional.of(new Counts(5))));
    ann.tells(new ReadUpTo("r1", 16, Optional.of(new Counts(16))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void aRoomStaysMarkedUnreadUntilItIsRead() {
    ann.tells(new MarkUnread("r1", 4));

    var marked = read(10).unread(4);
    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(marked);

    ann.tells(new ReadUpTo("r1", 4, Optional.empty()));

    assertThat(laptop.expectMessageClass(Moved.class).positions())
        .containsExactly(marked.cleared());
  }

  @Test
  void positionsSurviveACrash() {
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));

    ann.restarts();

    assertThat(asked())
        .isEqualTo(
            new State(
                List.of("r1"),
                List.of(read(15)),
                Optional.of(List.of()),
                Optional.of(Relations.EMPTY),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aSessionThatAttachesDuringLoadingGetsThePositionsEvenIfManyCommandsWait() {
    var device = ann.logsIn().device();
    ann.restarts();
    positions.hold();

    for (var i = 0; i < 1_001; i++) ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    begins(device, phone);
    ann.tells(new ReadUpTo("r1", 14, Optional.of(new Counts(14))));
    positions.letGo();

    phone.expectMessageClass(Known.class);
    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(read(15));
  }

  @Test
  void earlierReadingsAreRepeatedInOneMessage() {
    ann.tells(
        new AccountInbox.ReadAgain(
            List.of(
                new ReadUpTo("r2", 3, Optional.of(new Counts(3))),
                new ReadUpTo("r1", 16, Optional.of(new Counts(16))))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void aQuestionBeyondTheBoundIsRefusedWhilePositionsAreLoaded() {
    ann.restarts();
    positions.hold();
    for (var i = 0; i < 100; i++)
      ann.tells(new AccountInbox.Ask(laptop.ref().narrow(), Optional.empty()));

    assertThat(asked()).isEqualTo(new AccountInbox.NotNow());
    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void entriesBeforeTheJoinAreReadForANewMember() {
    joinsAtThree();

    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(atThree());
    assertThat(phone.expectMessageClass(AccountInbox.Joined.class).position()).isEqualTo(atThree());
  }

  @Test
  void thePlaceOfAJoinSurvivesACrash() {
    positions.loses(true);
    joinsAtThree();
    positions.loses(false);

    ann.restarts();

    assertThat(asked())
        .isInstanceOfSatisfying(
            State.class, all -> assertThat(all.positions()).contains(atThree()));
  }

  private void joinsAtThree() {
    rooms.make("r3");
    rooms.isAt("r3", new Place(3, new Counts(2)));
    summaries.are(new RoomSummary("r3", "tea", Visibility.PUBLIC, 9, Tally.NONE, List.of()));
    ann.joins("r3");
  }

  private static Position atThree() {
    return new Position("r3", 3, new Counts(2), OptionalLong.empty(), false).shown(0);
  }

  @Test
  void mutingIsConfirmedWhenItIsOnDisk() {
    assertThat(muted()).isEqualTo(new Account.Done());

    positions.away(true);

    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void mutingIsRefusedWhileItCannotBeWritten() {
    positions.full(true);

    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void anAccountThatStopsWritesItsUnwrittenPositions() {
    positions.full(true);
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    positions.full(false);

    stops(() -> {});

    assertThat(kept()).containsExactly(read(15));
  }

  @Test
  void anAccountThatStopsWaitsForTheCount() {
    summaries.hold();
    ann.tells(new ReadUpTo("r1", 15, Optional.empty()));

    stops(summaries::letGo);

    assertThat(kept()).containsExactly(read(15));
  }

  @Test
  void anAccountThatStopsWaitsForItsPositions() {
    ann.restarts();
    positions.hold();
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));

    stops(positions::letGo);

    assertThat(kept()).containsExactly(read(15));
  }

  private void stops(Runnable meanwhile) {
    var device = ann.logsIn().device();
    var attached = (Account.Attached) ann.attaches(device, phone);
    AccountFixture.stop(attached.account());
    meanwhile.run();
    phone.expectTerminated(attached.account());
  }

  private AccountInbox.Asked asked() {
    return ann.asks(replyTo -> new AccountInbox.Ask(replyTo, Optional.empty()));
  }

  private Account.Answer muted() {
    return ann.asks(replyTo -> new AccountInbox.Mute("r1", true, replyTo));
  }

  @Test
  void aHiddenConversationCountsAsRead() {
    converses();

    AccountFixture.assertDone(ann.leaves("dm-bob"));

    assertThat(phone.expectMessageClass(AccountInbox.Conversing.class).conversation())
        .isEqualTo(new Conversation("dm-bob", "bob", 7));
    assertThat(phone.expectMessageClass(Moved.class).positions())
        .extracting(Position::room, Position::read)
        .containsExactly(tuple("dm-bob", 7L));
  }

  @Test
  void earlierMessagesOfTheOtherUserAreUnreadInANewConversation() {
    converses();

    assertThat(asked())
        .isInstanceOfSatisfying(
            State.class,
            all -> assertThat(all.positions()).extracting(Position::room).doesNotContain("dm-bob"));
  }

  private void converses() {
    summaries.are(new RoomSummary("dm-bob", "", Visibility.DIRECT, 7, Tally.NONE, List.of()));
    AccountFixture.assertDone(
        ann.<Account.Answer>asks(it -> new AccountConversations.Converse("dm-bob", "bob", it)));
    phone.expectMessageClass(AccountInbox.Conversing.class);
    phone.expectMessageClass(AccountInbox.Joined.class);
  }

  @Test
  void anInvisibleAccountHidesItsReadPositions() {
    ann.<Account.Answer>asks(it -> new AccountStatus.Choose(Status.INVISIBLE, it));

    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));

    assertThat(kept())
        .extracting(Position::read, it -> it.shared().read())
        .containsExactly(tuple(15L, 10L));
  }

  @Test
  void manyRoomsAreReadInPages() {
    var rooms = IntStream.range(0, 2_500).mapToObj("r%04d"::formatted).toList();
    var all =
        new State(
            rooms,
            rooms.stream().map(Position::none).toList(),
            Optional.of(List.of()),
            Optional.of(Relations.EMPTY),
            Optional.empty(),
            Optional.empty());

    var pages = new ArrayList<>(List.of(all.after(Optional.empty(), 1_000)));
    while (pages.getLast().next().isPresent()) pages.add(all.after(pages.getLast().next(), 1_000));

    assertThat(pages).extracting(it -> it.rooms().size()).containsExactly(1_000, 1_000, 500);
    assertThat(pages.stream().reduce(State::and)).contains(all);
  }

  @Test
  void aPositionThatCannotBeWrittenIsWrittenLater() {
    positions.full(true);
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    ann.tells(new AccountInbox.Delivered("r1", 17));
    assertThat(kept()).containsExactly(read(10));

    positions.full(false);

    ann.eventually(() -> assertThat(kept()).containsExactly(read(15).shown(17)));
  }

  private List<Position> kept() {
    return positions.of(ann.user).toCompletableFuture().join();
  }

  private void follows(String device, TestProbe<Object> session) {
    begins(device, session);
    session.expectMessageClass(Known.class);
  }

  private void begins(String device, TestProbe<Object> session) {
    ann.attachesLive(device, session);
    session.expectMessageClass(Account.Attached.class);
  }

  private static Position read(long seq) {
    return new Position("r1", seq, new Counts(seq), OptionalLong.empty(), false).shown(0);
  }
}
