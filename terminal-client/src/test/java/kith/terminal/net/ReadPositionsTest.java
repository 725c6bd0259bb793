package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Test;

/// How a session tells what was read.
class ReadPositionsTest {
  private final SessionDriver talk = SessionDriver.online();

  private void reads(String room, long seq) {
    talk.happens(new SessionCommand.Read(room, seq));
  }

  private static ServerFrame inbox(String room, long read) {
    return new ServerFrame.Inbox(List.of(row(room, read)), List.of(), false, Optional.empty());
  }

  private static InboxRoom row(String room, long read) {
    return new InboxRoom(
        room,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100,
        read,
        0,
        OptionalLong.empty(),
        OptionalInt.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatIsReadWithinASecondIsSaidTogether() {
    reads("lobby", 5);
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Read("lobby", 5));

    reads("lobby", 6);
    reads("lobby", 8);
    reads("lobby", 7);
    assertThat(talk.transmitted()).isEmpty();
    assertThat(talk.passesUntilItWakes()).isEqualTo(1_000);
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Read("lobby", 8));
  }

  @Test
  void whatTheNodeMayNotHaveHeardIsSaidAgainOnTheNextConnection() {
    reads("lobby", 5);
    reads("attic", 3);
    talk.passesUntilItWakes();
    talk.receives(inbox("attic", 3));
    talk.receives(inbox("lobby", 4));

    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();

    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Read("lobby", 5));
  }

  @Test
  void whichRoomsThereAreIsKnownAtTheEndOfTheBeginning() {
    talk.receives(begins("lobby", true, true));
    talk.receives(begins("attic", false, true));
    assertThat(all()).containsExactly(Optional.empty(), Optional.empty());

    talk.receives(begins("yard", false, false));
    talk.receives(inbox("lobby", 4));
    assertThat(all())
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Set.of("lobby", "attic", "yard")),
            Optional.empty());
  }

  @Test
  void aBeginningThatBreaksOffNamesNothing() {
    talk.receives(begins("lobby", true, true));
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();

    talk.receives(begins("attic", true, false));

    assertThat(all()).containsExactly(Optional.empty(), Optional.of(Set.of("attic")));
  }

  private static ServerFrame begins(String room, boolean isWhole, boolean goesOn) {
    var more = goesOn ? Optional.of(true) : Optional.<Boolean>empty();
    return new ServerFrame.Inbox(List.of(row(room, 0)), List.of(), isWhole, more);
  }

  private List<Optional<Set<String>>> all() {
    return talk.told().stream()
        .filter(SessionEvent.Inbox.class::isInstance)
        .map(event -> ((SessionEvent.Inbox) event).all())
        .toList();
  }

  @Test
  void markingAsUnreadIsNotTakenBackByWhatWasReadBefore() {
    reads("lobby", 5);
    reads("lobby", 6);

    talk.happens(new SessionCommand.Unread("lobby", 4));

    assertThat(talk.transmitted())
        .containsExactly(new ClientFrame.Read("lobby", 6), new ClientFrame.Unread("lobby", 4));
    talk.breaks();
    talk.passesUntilItWakes();
    talk.comesOnline();
    assertThat(talk.transmitted()).isEmpty();
  }

  @Test
  void whatCameIsToldASecondLaterUnlessItWasReadMeanwhile() {
    talk.hasOpen(5);
    talk.receivesEntries(6, 7);
    assertThat(talk.transmitted()).isEmpty();
    assertThat(talk.passesUntilItWakes()).isEqualTo(1_000);
    assertThat(talk.transmitted()).containsExactly(new ClientFrame.Delivered("lobby", 7));

    talk.receivesEntries(8);
    reads("lobby", 8);
    talk.passesUntilItWakes();
    assertThat(talk.transmitted()).isEmpty();
  }
}
