package kith.node.feature.lobby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import kith.node.NodeSettings;
import kith.node.core.account.AccountFixture;
import kith.node.core.account.TestRooms;
import kith.node.feature.lobby.LobbyMembership.Standing;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.StartFailure;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// New accounts join the lobby.
class AccountLobbyTest {
  private static final ActorTestKit KIT = AccountFixture.kit(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());

  private final TestRooms rooms = new TestRooms();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private AccountFixture person(Optional<String> lobby) {
    return new AccountFixture(KIT, rooms, AccountLobby.part(rooms, new LobbySettings(lobby)));
  }

  private AccountFixture person() {
    return person(Optional.of("lobby"));
  }

  private static void is(AccountFixture who, Standing standing) {
    who.eventually(
        () -> assertThat(LobbyMembership.of(who.state()).standing()).isEqualTo(standing));
  }

  private void isIn(AccountFixture who) {
    who.eventually(() -> {
      assertThat(who.state().isMember(AccountLobby.ROOM)).isTrue();
      assertThat(rooms.has(AccountLobby.ROOM, who.user)).isTrue();
    });
    is(who, Standing.SETTLED);
  }

  @Test
  void theFirstAccountMakesTheLobbyAndTheNextOnesJoinIt() {
    var ann = person();
    var bob = person();

    ann.signsUp();
    isIn(ann);
    bob.signsUp();

    isIn(bob);
  }

  @Test
  void anAccountThatCrashesBeforeTheLobbyHasAnsweredJoinsAfterwards() {
    rooms.make(AccountLobby.ROOM);
    rooms.hold();
    var ann = person();
    ann.signsUp();
    assertThat(LobbyMembership.of(ann.state()).standing()).isEqualTo(Standing.WANTED);

    ann.restarts();
    rooms.letGo();

    isIn(ann);
  }

  @Test
  void anAccountAsksAgainIfTheAnswerIsLost() {
    rooms.make(AccountLobby.ROOM);
    rooms.loseAnswers(true);
    var ann = person();
    ann.signsUp();

    rooms.loseAnswers(false);
    ann.eventually(() -> {
      TIME.timePasses(Intervals.ROOM_RETRY);
      assertThat(ann.state().isMember(AccountLobby.ROOM)).isTrue();
    });

    isIn(ann);
  }

  @Test
  void anAccountThatLeavesTheLobbyDoesNotJoinItAgain() {
    var ann = person();
    ann.signsUp();
    isIn(ann);
    ann.leaves(AccountLobby.ROOM);

    ann.restarts();

    is(ann, Standing.SETTLED);
    assertThat(rooms.has(AccountLobby.ROOM, ann.user)).isFalse();
  }

  @Test
  void withoutALobbyAnAccountJoinsNoRoom() {
    var ann = person(Optional.empty());

    ann.signsUp();

    is(ann, Standing.NONE);
    assertThat(rooms.has(AccountLobby.ROOM, ann.user)).isFalse();
  }

  @Test
  void theNameOfTheLobbyIsASetting() {
    assertThat(lobby(Map.of("kith.lobby", "The Hall"))).contains("The Hall");
    assertThat(lobby(Map.of("kith.lobby", ""))).isEmpty();
    assertThat(lobby(Map.of())).as("of tests, by KITH_LOBBY").isEmpty();
    assertThatThrownBy(() -> lobby(Map.of("kith.lobby", "tab\there")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("kith.lobby");
  }

  private static Optional<String> lobby(Map<String, String> flags) {
    return NodeSettings.read(Optional.empty(), flags).lobby().name();
  }
}
