package kith.node.core.account;

import static kith.node.core.account.AccountFixture.assertDone;
import static kith.node.core.account.AccountFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountEvent.JoinBegan;
import kith.node.core.account.JoinedRooms.Intent;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountRoomsTest {

  private static final ActorTestKit KIT = AccountFixture.kit();

  private final AccountFixture ann = new AccountFixture(KIT);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void annHasAnAccountAndThereIsALobby() {
    ann.signsUp();
    ann.rooms.make("lobby");
  }

  @Test
  void aUserWhoJoinsIsAMember() {
    assertDone(ann.joins("lobby"));

    assertThat(ann.reads().rooms()).containsExactly("lobby");
    assertThat(ann.rooms.has("lobby", ann.user)).isTrue();
  }

  @Test
  void joiningTwiceIsNotAnError() {
    assertDone(ann.joins("lobby"));
    assertDone(ann.joins("lobby"));

    assertThat(ann.reads().rooms()).containsExactly("lobby");
  }

  @Test
  void theCreatorOfARoomIsAMember() {
    var request =
        new CreateRoom(
            "Kitchen",
            Optional.empty(),
            Optional.of(Visibility.PRIVATE),
            Optional.of("passcode"),
            OptionalInt.of(5),
            Optional.empty(),
            Optional.empty());

    assertDone(ann.<Answer>asks(replyTo -> new Account.Open("kitchen", request, replyTo)));

    assertThat(ann.reads().rooms()).containsExactly("kitchen");
  }

  @Test
  void theRefusalOfTheRoomIsTheAnswer() {
    assertRefused(Code.UNKNOWN_ROOM, ann.joins("nowhere"));
    assertRefused(Code.WRONG_PASSCODE, ann.joins("lobby", Optional.of("wrong")));

    assertThat(ann.reads().rooms()).isEmpty();
    assertThat(ann.account.getState().rooms().intents()).isEmpty();
  }

  @Test
  void aJoinOfARoomThatDoesNotExistLeavesNothingInTheJournal() {
    var before = journal();

    for (int i = 0; i < 3; i++) assertRefused(Code.UNKNOWN_ROOM, ann.joins("nowhere"));

    assertThat(journal()).isEqualTo(before);
  }

  @Test
  void joiningAgainLeavesNothingInTheJournal() {
    ann.joins("lobby");
    var before = journal();

    assertDone(ann.joins("lobby"));

    assertThat(journal()).isEqualTo(before);
  }

  @Test
  void aRefusedJoinEndsAMembershipThatTheRoomHasEnded() {
    ann.joins("lobby");
    ann.rooms.close("lobby", ann.user);

    assertRefused(Code.UNKNOWN_ROOM, ann.joins("lobby"));

    assertThat(ann.reads().rooms()).isEmpty();
  }

  private List<Object> journal() {
    return ann.account.persistenceTestKit().persistedInStorage("account|" + ann.user);
  }

  @Test
  void passcodeAttemptsAreThrottled() {
    var answer = ann.joins("lobby", Optional.of("wrong"));
    for (var i = 0; i < 100 && isWrong(answer); i++)
      answer = ann.joins("lobby", Optional.of("wrong"));

    assertRefused(Code.TOO_MANY_ATTEMPTS, answer);
    assertDone(ann.joins("lobby"));
  }

  private static boolean isWrong(Answer answer) {
    return answer instanceof Account.Refused refused && refused.code() == Code.WRONG_PASSCODE;
  }

  @Test
  void noMoreRoomsThanTheBound() {
    for (var room : new String[] {"a", "b", "c", "d"}) ann.rooms.make(room);
    for (var room : new String[] {"a", "b", "c"}) assertDone(ann.joins(room));

    assertRefused(Code.TOO_MANY_ROOMS, ann.joins("d"));

    assertDone(ann.leaves("a"));
    assertDone(ann.joins("d"));
    assertThat(ann.reads().rooms()).containsExactly("b", "c", "d");
  }

  @Test
  void aUserWhoLeavesIsNotAMember() {
    ann.joins("lobby");

    assertDone(ann.leaves("lobby"));
    assertDone(ann.leaves("lobby"));

    assertThat(ann.reads().rooms()).isEmpty();
    assertThat(ann.rooms.has("lobby", ann.user)).isFalse();
  }

  @Test
  void theLastOwnerCannotLeave() {
    ann.joins("lobby");
    ann.rooms.needs("lobby", ann.user);

    assertRefused(Code.LAST_OWNER, ann.leaves("lobby"));

    assertThat(ann.reads().rooms()).containsExactly("lobby");
    assertThat(ann.account.getState().rooms().intents()).isEmpty();
  }

  @Test
  void aKickedUserIsNotAMember() {
    ann.joins("lobby");
    ann.rooms.kick("lobby", ann.user);

    ann.tells(new Account.RoomEnded("lobby"));

    ann.eventually(() -> assertThat(ann.reads().rooms()).isEmpty());
  }

  @Test
  void anOldKickDoesNotRemoveAMemberWhoRejoined() {
    ann.joins("lobby");

    ann.tells(new Account.RoomEnded("lobby"));
    assertDone(ann.joins("lobby"));

    assertThat(ann.reads().rooms()).containsExactly("lobby");
  }

  @Test
  void aJoinWhoseAnswerIsLostIsCompletedAfterARestart() {
    ann.rooms.loseAnswers(true);
    assertRefused(Code.UNAVAILABLE, ann.joins("lobby"));
    assertThat(ann.account.getState().rooms().intents()).containsEntry("lobby", Intent.JOIN);

    ann.rooms.loseAnswers(false);
    ann.account.restart();

    ann.eventually(() -> assertThat(ann.reads().rooms()).containsExactly("lobby"));
    assertThat(ann.account.getState().rooms().intents()).isEmpty();
  }

  @Test
  void aJoinThatNeverReachedTheRoomIsDroppedAfterARestart() {
    var state = ann.account.getState();
    ann.account.initialize(state, new JoinBegan("lobby"));

    ann.eventually(() -> assertThat(ann.account.getState().rooms().intents()).isEmpty());
    assertThat(ann.reads().rooms()).isEmpty();
  }

  @Test
  void aLeaveWhoseAnswerIsLostIsCompletedAfterARestart() {
    ann.joins("lobby");
    ann.rooms.loseAnswers(true);
    assertRefused(Code.UNAVAILABLE, ann.leaves("lobby"));
    assertThat(ann.reads().rooms()).containsExactly("lobby");

    ann.rooms.loseAnswers(false);
    ann.account.restart();

    ann.eventually(() -> assertThat(ann.reads().rooms()).isEmpty());
  }

  @Test
  void aSecondJoinSettlesAJoinWhoseAnswerWasLost() {
    ann.rooms.loseAnswers(true);
    ann.joins("lobby");
    ann.rooms.loseAnswers(false);

    assertDone(ann.joins("lobby"));

    assertThat(ann.account.getState().rooms().intents()).isEmpty();
  }

  @Test
  void aRoomIsAskedOneQuestionAtATime() {
    ann.rooms.hold();
    var first = ann.<Answer>begins(replyTo -> join("wrong", replyTo));
    var second = ann.<Answer>begins(replyTo -> join("right", replyTo));
    var third = ann.<Answer>begins(replyTo -> new Account.Leave("lobby", replyTo));
    first.expectNoMessage();

    ann.rooms.letGo();

    assertRefused(Code.WRONG_PASSCODE, first.receiveMessage());
    assertDone(second.receiveMessage());
    assertDone(third.receiveMessage());
    assertThat(ann.reads().rooms()).isEmpty();
  }

  @Test
  void joinsAtTheSameTimeDoNotExceedTheBoundOfRooms() {
    for (var room : List.of("a", "b", "c", "d")) ann.rooms.make(room);
    ann.rooms.hold();
    var joins =
        List.of("a", "b", "c", "d").stream()
            .map(room ->
                ann.<Answer>begins(
                    replyTo -> new Account.Join(room, Optional.empty(), Optional.empty(), replyTo)))
            .toList();

    ann.rooms.letGo();

    var answers = joins.stream().map(probe -> probe.receiveMessage()).toList();
    assertThat(answers).filteredOn(Account.Done.class::isInstance).hasSize(3);
    assertThat(answers).contains(Account.Refused.because(Code.TOO_MANY_ROOMS));
    assertThat(ann.reads().rooms()).hasSize(3);
  }

  @Test
  void noMoreRequestsWaitForARoomThanTheBound() {
    ann.rooms.hold();
    for (int i = 0; i < 9; i++) ann.<Answer>begins(replyTo -> join("right", replyTo));

    assertRefused(Code.UNAVAILABLE, ann.<Answer>asks(replyTo -> join("right", replyTo)));

    ann.rooms.letGo();
  }

  @Test
  void thePasscodeIsNotPersisted() {
    ann.joins("lobby", Optional.of("wrong"));

    assertThat(ann.account.persistenceTestKit().persistedInStorage("account|" + ann.user))
        .noneMatch(event -> event.toString().contains("wrong"))
        .contains(new JoinBegan("lobby"));
  }

  @Test
  void aJournalFailureDoesNotBlockTheRoom() {
    ann.account
        .persistenceTestKit()
        .failNextPersisted("account|" + ann.user, new IllegalStateException("no journal"));
    var lost = KIT.<Answer>createTestProbe();
    ann.tells(join("right", lost.getRef()));

    assertDone(ann.joins("lobby"));

    assertThat(ann.reads().rooms()).containsExactly("lobby");
  }

  @Test
  void aDeletedAccountLeavesItsRoomsInAnyRole() {
    ann.joins("lobby");
    ann.rooms.needs("lobby", ann.user);

    assertDone(
        ann.<Answer>asks(replyTo ->
            new Account.Delete(new Secret(AccountFixture.PASSWORD), Optional.empty(), replyTo)));

    ann.eventually(() -> assertThat(ann.account.getState().rooms().intents()).isEmpty());
    assertThat(ann.rooms.has("lobby", ann.user)).isFalse();
    assertThat(ann.account.getState().rooms().joined()).isEmpty();
    assertThat(ann.erased).containsExactly(ann.user);
  }

  @Test
  void aJoinThatEndsAfterTheAccountIsDeletedIsUndone() {
    ann.rooms.hold();
    var join = ann.<Answer>begins(replyTo -> join("right", replyTo));
    assertDone(
        ann.<Answer>asks(replyTo ->
            new Account.Delete(new Secret(AccountFixture.PASSWORD), Optional.empty(), replyTo)));

    ann.rooms.letGo();

    assertRefused(Code.UNAVAILABLE, join.receiveMessage());
    ann.eventually(() -> assertThat(ann.account.getState().rooms().intents()).isEmpty());
    assertThat(ann.rooms.has("lobby", ann.user)).isFalse();
  }

  private static Account.Command join(String passcode, ActorRef<Answer> replyTo) {
    return new Account.Join("lobby", Optional.of(passcode), Optional.empty(), replyTo);
  }
}
