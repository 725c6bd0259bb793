package kith.node.feature.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.Memberships;
import kith.node.core.account.TestRooms;
import kith.node.feature.identity.AccountIdentities.Who;
import kith.node.feature.identity.GroupRooms.Standing;
import kith.node.platform.config.Intervals;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The rooms of an account that groups at an identity provider give.
class GroupRoomsTest {
  private static final ActorTestKit KIT = AccountFixture.kit(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());

  private final TestRooms rooms = new TestRooms();
  private final AccountFixture ann =
      new AccountFixture(
          KIT,
          rooms,
          AccountIdentities.part(),
          AccountGroupRooms.part((room, user) ->
              rooms.join(
                  room,
                  new Memberships.Joining(user, Optional.empty()),
                  Optional.empty(),
                  Optional.empty())));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Who at(String provider, String... given) {
    return new Who(
        provider, "https://" + provider, "ann", Optional.empty(), Optional.of(Set.of(given)));
  }

  private void links(String provider, String... given) {
    AccountFixture.assertDone(
        ann.<Answer>asks(replyTo -> new AccountIdentities.Link(at(provider, given), replyTo)));
  }

  private void signsIn(String provider, String... given) {
    AccountFixture.assertDone(
        ann.<Answer>asks(replyTo -> new AccountIdentities.GiveRole(at(provider, given), replyTo)));
  }

  private void is(String room, Standing standing) {
    ann.eventually(() -> assertThat(GroupRooms.of(ann.state()).standing(room)).contains(standing));
  }

  private void isIn(String room, boolean member) {
    ann.eventually(() -> {
      assertThat(ann.state().isMember(room)).isEqualTo(member);
      assertThat(rooms.has(room, ann.user)).isEqualTo(member);
    });
  }

  private void has(String... these) {
    for (var room : these) rooms.make(room);
    ann.signsUp();
  }

  @Test
  void theAccountIsInTheRoomsOfItsGroupsAsLongAsItHasThem() {
    has("staff", "lobby");
    links("company", "staff", "lobby");
    isIn("staff", true);
    is("lobby", Standing.ENTERED);

    signsIn("company", "lobby");

    isIn("staff", false);
    isIn("lobby", true);
    assertThat(GroupRooms.of(ann.state()).byRoom()).containsOnlyKeys("lobby");
  }

  @Test
  void aRoomThatTheUserHasJoinedBeforeIsNotLeftWithTheGroup() {
    has("staff");
    ann.joins("staff");
    links("company", "staff");
    is("staff", Standing.OWN);

    signsIn("company");

    assertThat(GroupRooms.of(ann.state()).byRoom()).isEmpty();
    isIn("staff", true);
  }

  @Test
  void aUserWhoLeftOrWasRemovedRejoinsOnlyWhenTheGroupIsGrantedAgain() {
    has("staff");
    links("company", "staff");
    is("staff", Standing.ENTERED);
    ann.leaves("staff");
    is("staff", Standing.OWN);

    signsIn("company", "staff");
    assertThat(rooms.has("staff", ann.user)).isFalse();
    signsIn("company");
    signsIn("company", "staff");

    isIn("staff", true);
  }

  @Test
  void aRoomOfTwoProvidersIsLeftWithTheLastOfThem() {
    has("staff");
    links("company", "staff");
    links("club", "staff");
    is("staff", Standing.ENTERED);

    signsIn("company");
    assertThat(GroupRooms.of(ann.state()).standing("staff")).contains(Standing.ENTERED);
    ann.<Answer>asks(replyTo ->
        new AccountIdentities.Unlink(
            "club", new Secret(AccountFixture.PASSWORD), Client.device("d-1"), replyTo));

    isIn("staff", false);
  }

  @Test
  void aMissingRoomIsHarmlessAndEnteredOnceItIsThere() {
    has();
    links("company", "staff");
    is("staff", Standing.WANTED);
    rooms.make("staff");

    signsIn("company", "staff");

    is("staff", Standing.ENTERED);
    isIn("staff", true);
  }

  @Test
  void anAccountContinuesItsJoinsAfterAStop() {
    has("staff");
    rooms.hold();
    links("company", "staff");
    is("staff", Standing.WANTED);
    ann.restarts();
    rooms.letGo();

    is("staff", Standing.ENTERED);
    isIn("staff", true);

    rooms.hold();
    signsIn("company");
    is("staff", Standing.LEAVING);
    ann.restarts();
    rooms.letGo();
    isIn("staff", false);
    ann.eventually(() -> assertThat(GroupRooms.of(ann.state()).byRoom()).isEmpty());
  }

  @Test
  void aLostAnswerIsAskedForAgain() {
    has("staff");
    rooms.loseAnswers(true);
    links("company", "staff");
    ann.eventually(() -> assertThat(rooms.has("staff", ann.user)).isTrue());
    is("staff", Standing.WANTED);
    rooms.loseAnswers(false);

    ann.eventually(() -> {
      TIME.timePasses(Intervals.ROOM_RETRY.plus(Duration.ofSeconds(1)));
      assertThat(GroupRooms.of(ann.state()).standing("staff")).contains(Standing.ENTERED);
    });
    isIn("staff", true);
  }

  @Test
  void theLastOwnerOfARoomStays() {
    has("staff");
    links("company", "staff");
    is("staff", Standing.ENTERED);
    rooms.needs("staff", ann.user);

    signsIn("company");

    ann.eventually(() -> assertThat(GroupRooms.of(ann.state()).byRoom()).isEmpty());
    isIn("staff", true);
  }

  @Test
  void aProviderThatCouldNotNameItsRoomsChangesNothing() {
    has("staff");
    links("company", "staff");
    is("staff", Standing.ENTERED);
    var silent = new Who("company", "https://company", "ann", Optional.empty(), Optional.empty());

    ann.<Answer>asks(replyTo -> new AccountIdentities.GiveRole(silent, replyTo));

    assertThat(GroupRooms.of(ann.state()).standing("staff")).contains(Standing.ENTERED);
  }
}
