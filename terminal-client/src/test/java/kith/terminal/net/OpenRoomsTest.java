package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Each entry once, in order, without a hole.
class OpenRoomsTest {

  @Test
  void entriesThatWereHandledAreDropped() {
    var talk = SessionDriver.online();
    talk.hasOpen(2);

    talk.receivesEntries(2, 3, 4);
    talk.receivesEntries(3, 4, 5);

    assertThat(talk.arrived()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void aHoleIsAskedForAgain() {
    var talk = SessionDriver.online();
    talk.hasOpen(2);

    talk.receivesEntries(3, 5);

    assertThat(talk.arrived()).containsExactly(3L);
    assertThat(talk.transmitted()).containsExactly(SessionDriver.open(3));
  }

  @Test
  void whileAHoleIsAskedForTheLaterEntriesWait() {
    var talk = SessionDriver.online();
    talk.hasOpen(2);
    talk.receivesEntries(5);

    talk.receivesEntries(6);
    assertThat(talk.transmitted()).isEmpty();
    talk.receivesEntries(3, 4, 5, 6);

    assertThat(talk.arrived()).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void aHoleThatStaysIsAskedForEverLessOften() {
    var talk = SessionDriver.online();
    talk.hasOpen(2);
    talk.receivesEntries(4);
    assertThat(talk.transmitted()).containsExactly(SessionDriver.open(2));

    talk.receives(new ServerFrame.Complete("lobby", 4));
    assertThat(talk.transmitted()).isEmpty();
    talk.passesUntilItWakes();

    assertThat(talk.transmitted()).containsExactly(SessionDriver.open(2));
  }

  @Test
  void aHoleThatRetentionMadeIsToldAndPassed() {
    var talk = SessionDriver.online();
    talk.opens(0);

    talk.receives(new ServerFrame.Gap("lobby", 1, 7));
    talk.receivesEntries(8);

    assertThat(talk.told()).contains(new SessionEvent.Missing("lobby", 1, 7));
    assertThat(talk.arrived()).containsExactly(8L);
  }

  @Test
  void aRoomOpenedAtItsEndResumesFromThere() {
    var talk = SessionDriver.online();
    talk.happens(new SessionCommand.Open("lobby", OptionalLong.empty()));
    assertThat(talk.transmitted())
        .containsExactly(new ClientFrame.Open("lobby", OptionalLong.empty()));

    talk.receives(new ServerFrame.Complete("lobby", 17));

    assertThat(talk.model().resume()).isEqualTo(Map.of("lobby", 17L));
  }

  @Test
  void aServerThatWentBackIsToldAndFollowed() {
    var talk = SessionDriver.online();
    talk.opens(20);

    talk.receives(new ServerFrame.Complete("lobby", 10));
    talk.receivesEntries(11);

    assertThat(talk.told()).contains(new SessionEvent.Rewound("lobby", 20, 10));
    assertThat(talk.arrived()).containsExactly(11L);
  }

  @Test
  void anOpenThatIsNotPossibleNowIsTriedAgainAtTheToldTime() {
    var talk = SessionDriver.online();
    talk.opens(3);

    talk.receives(
        new ServerFrame.Problem(
            "unavailable",
            "Not now.",
            Optional.empty(),
            Optional.of("lobby"),
            OptionalLong.of(700)));

    assertThat(talk.passesUntilItWakes()).isEqualTo(700);
    assertThat(talk.transmitted()).containsExactly(SessionDriver.open(3));
  }

  @Test
  void aRoomThatMayNotBeOpenedFailsWithWhatWaitedForIt() {
    var talk = SessionDriver.online(SessionDriver.send("a"));

    talk.receives(
        new ServerFrame.Problem(
            "not-a-member",
            "You are not a member.",
            Optional.empty(),
            Optional.of("lobby"),
            OptionalLong.empty()));

    assertThat(talk.told())
        .contains(
            new SessionEvent.Failed(
                SessionDriver.send("a"), "not-a-member", "You are not a member."),
            new SessionEvent.RoomClosed("lobby", "not-a-member", "You are not a member."));
    assertThat(talk.latest()).contains(new SessionEffect.Forget(SessionDriver.send("a")));
  }

  @Test
  void aRoomOpenedAgainSurvivesTheClosedOfTheTimeBefore() {
    var talk = SessionDriver.online();
    talk.hasOpen(5);
    talk.happens(new SessionCommand.Close("lobby"));
    talk.opens(5);

    talk.receives(new ServerFrame.Closed("lobby", "closed", "You closed it."));
    talk.receives(new ServerFrame.Complete("lobby", 5));
    talk.receivesEntries(6);

    assertThat(talk.arrived()).containsExactly(6L);
  }

  @Test
  void beingKickedIsToldAndTheRoomIsNotResumed() {
    var talk = SessionDriver.online();
    talk.hasOpen(5);

    talk.receives(new ServerFrame.Closed("lobby", "kicked", "You were removed."));

    assertThat(talk.told())
        .contains(new SessionEvent.RoomClosed("lobby", "kicked", "You were removed."));
    assertThat(talk.model().resume()).isEmpty();
  }
}
