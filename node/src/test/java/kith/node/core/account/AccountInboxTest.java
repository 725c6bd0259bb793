package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.node.core.account.AccountInbox.MarkUnread;
import kith.node.core.account.AccountInbox.Moved;
import kith.node.core.account.AccountInbox.ReadUpTo;
import kith.node.core.account.AccountInbox.State;
import kith.node.core.room.Counts;
import kith.node.core.room.Tally;
import kith.node.feature.inbox.Position;
import kith.node.core.room.Place;
import kith.node.feature.inbox.RoomSummary;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How far an account has read, in a room of ten entries, all of them messages.
class AccountInboxTest {
  private static final ActorTestKit KIT = AccountFixture.kit();

  private final AccountFixture ann = new AccountFixture(KIT);
  private final TestProbe<Object> phone = KIT.createTestProbe();
  private final TestProbe<Object> laptop = KIT.createTestProbe();

  @BeforeEach
  void annIsInARoomOfTen() {
    var device = ann.signsUp().device();
    ann.rooms.make("r1");
    ann.headlines.are(new RoomSummary("r1", "tea", Visibility.PUBLIC, 10, Tally.NONE, List.of()));
    follows(device, phone);
    ann.joins("r1");
    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(read(10));
    phone.expectMessageClass(AccountInbox.Joined.class);
    ann.headlines.are(new RoomSummary("r1", "tea", Visibility.PUBLIC, 20, Tally.NONE, List.of()));
    follows(device, laptop);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatIsReadOnOneDeviceIsToldToAll() {
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
  void whatWasReadBeforeMovesNothing() {
    ann.tells(new ReadUpTo("r1", 5, Optional.empty()));
    ann.tells(new ReadUpTo("r1", 16, Optional.of(new Counts(16))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void aRoomOfOthersIsPassedOver() {
    ann.tells(new ReadUpTo("r2", 5, Optional.of(new Counts(5))));
    ann.tells(new ReadUpTo("r1", 16, Optional.of(new Counts(16))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void markedUnreadItIsUntilItIsReadAgain() {
    ann.tells(new MarkUnread("r1", 4));

    var marked = read(10).unread(4);
    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(marked);

    ann.tells(new ReadUpTo("r1", 4, Optional.empty()));

    assertThat(laptop.expectMessageClass(Moved.class).positions())
        .containsExactly(marked.cleared());
  }

  @Test
  void whatWasKeptIsThereAgainAfterACrash() {
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));

    ann.account.restart();

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
  void whoFollowsWhileThePositionsAreReadIsToldThemHoweverMuchIsSaidMeanwhile() {
    var device = ann.logsIn().device();
    ann.account.restart();
    ann.positions.hold();

    for (var i = 0; i < 1_001; i++) ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    begins(device, phone);
    ann.tells(new ReadUpTo("r1", 14, Optional.of(new Counts(14))));
    ann.positions.letGo();

    phone.expectMessageClass(State.class);
    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(read(15));
  }

  @Test
  void whatWasReadBeforeIsSaidAgainInOne() {
    ann.tells(
        new AccountInbox.ReadAgain(
            List.of(
                new ReadUpTo("r2", 3, Optional.of(new Counts(3))),
                new ReadUpTo("r1", 16, Optional.of(new Counts(16))))));

    assertThat(laptop.expectMessageClass(Moved.class).positions()).containsExactly(read(16));
  }

  @Test
  void whoCannotWaitForThePositionsIsToldSo() {
    ann.account.restart();
    ann.positions.hold();
    for (var i = 0; i < 100; i++)
      ann.tells(new AccountInbox.Ask(laptop.ref().narrow(), Optional.empty()));

    assertThat(asked()).isEqualTo(new AccountInbox.NotNow());
    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void whoJoinsHasReadWhatTheRoomSaysAndNotWhatComesBehind() {
    joinsAtThree();

    assertThat(phone.expectMessageClass(Moved.class).positions()).containsExactly(atThree());
    assertThat(phone.expectMessageClass(AccountInbox.Joined.class).position()).isEqualTo(atThree());
  }

  @Test
  void whereAnAccountCameInOutlivesACrash() {
    ann.positions.loses(true);
    joinsAtThree();
    ann.positions.loses(false);

    ann.account.restart();

    assertThat(asked())
        .isInstanceOfSatisfying(
            State.class, all -> assertThat(all.positions()).contains(atThree()));
  }

  private void joinsAtThree() {
    ann.rooms.make("r3");
    ann.rooms.isAt("r3", new Place(3, new Counts(2)));
    ann.headlines.are(new RoomSummary("r3", "tea", Visibility.PUBLIC, 9, Tally.NONE, List.of()));
    ann.joins("r3");
  }

  private static Position atThree() {
    return new Position("r3", 3, new Counts(2), OptionalLong.empty(), false).shown(0);
  }

  @Test
  void aRoomIsQuietWhenThatIsOnDisk() {
    assertThat(muted()).isEqualTo(new Account.Done());

    ann.positions.away(true);

    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void aRoomIsNotQuietWhileThatCannotBeTaken() {
    ann.positions.full(true);

    AccountFixture.assertRefused(Code.UNAVAILABLE, muted());
  }

  @Test
  void anAccountThatStopsSaysOnceMoreWhatCouldNotBeTaken() {
    ann.positions.full(true);
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    ann.positions.full(false);

    stops(() -> {});

    assertThat(kept()).containsExactly(read(15));
  }

  @Test
  void anAccountThatStopsWaitsForWhatIsCounted() {
    ann.headlines.hold();
    ann.tells(new ReadUpTo("r1", 15, Optional.empty()));

    stops(ann.headlines::letGo);

    assertThat(kept()).containsExactly(read(15));
  }

  @Test
  void anAccountThatStopsWaitsForItsPositions() {
    ann.account.restart();
    ann.positions.hold();
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));

    stops(ann.positions::letGo);

    assertThat(kept()).containsExactly(read(15));
  }

  private void stops(Runnable meanwhile) {
    var device = ann.logsIn().device();
    var attached =
        (Account.Attached)
            ann.<Account.AttachReply>asks(
                replyTo -> new Account.Attach(device, replyTo, phone.ref().narrow()));
    attached.account().tell(new Account.Stop());
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
  void whoIsInVeryManyRoomsIsToldOfThemInPortions() {
    var rooms = IntStream.range(0, 2_500).mapToObj("r%04d"::formatted).toList();
    var all =
        new State(
            rooms,
            rooms.stream().map(Position::none).toList(),
            Optional.of(List.of()),
            Optional.of(Relations.EMPTY),
            Optional.empty(),
            Optional.empty());

    var portions = all.inPortions();

    assertThat(portions).extracting(it -> it.rooms().size()).containsExactly(1_000, 1_000, 500);
    assertThat(portions.get(0).isFollowedBy(portions.get(1))).isTrue();
    assertThat(portions.get(0).isFollowedBy(portions.get(2))).isFalse();
    assertThat(portions.stream().reduce(State::and)).contains(all);
  }

  @Test
  void whatCannotBeTakenNowIsKeptLater() {
    ann.positions.full(true);
    ann.tells(new ReadUpTo("r1", 15, Optional.of(new Counts(15))));
    ann.tells(new AccountInbox.Delivered("r1", 17));
    assertThat(kept()).containsExactly(read(10));

    ann.positions.full(false);

    ann.eventually(() -> assertThat(kept()).containsExactly(read(15).shown(17)));
  }

  private List<Position> kept() {
    return ann.positions.of(ann.user).toCompletableFuture().join();
  }

  private void follows(String device, TestProbe<Object> session) {
    begins(device, session);
    session.expectMessageClass(State.class);
  }

  private void begins(String device, TestProbe<Object> session) {
    ann.<Account.AttachReply>asks(
        replyTo -> new Account.Attach(device, replyTo, session.ref().narrow()));
    ann.tells(new AccountInbox.Follow(session.ref().narrow()));
  }

  private static Position read(long seq) {
    return new Position("r1", seq, new Counts(seq), OptionalLong.empty(), false).shown(0);
  }
}
