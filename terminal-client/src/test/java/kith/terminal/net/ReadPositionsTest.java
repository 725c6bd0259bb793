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

/// Sends read positions and receives the inbox.
class ReadPositionsTest {
  private final SessionDriver session = SessionDriver.online();

  private void reads(String room, long seq) {
    session.happens(new SessionCommand.Read(room, seq));
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
  void readPositionsWithinASecondAreSentTogether() {
    reads("lobby", 5);
    assertThat(session.transmitted()).containsExactly(new ClientFrame.Read("lobby", 5));

    reads("lobby", 6);
    reads("lobby", 8);
    reads("lobby", 7);
    assertThat(session.transmitted()).isEmpty();
    assertThat(session.passesUntilItWakes()).isEqualTo(1_000);
    assertThat(session.transmitted()).containsExactly(new ClientFrame.Read("lobby", 8));
  }

  @Test
  void unconfirmedReadPositionsAreResentOnTheNextConnection() {
    reads("lobby", 5);
    reads("attic", 3);
    session.passesUntilItWakes();
    session.receives(inbox("attic", 3));
    session.receives(inbox("lobby", 4));

    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();

    assertThat(session.transmitted()).containsExactly(new ClientFrame.Read("lobby", 5));
  }

  @Test
  void theRoomIdsAreReportedAfterTheLastInboxPage() {
    session.receives(begins("lobby", true, true));
    session.receives(begins("attic", false, true));
    assertThat(all()).containsExactly(Optional.empty(), Optional.empty());

    session.receives(begins("yard", false, false));
    session.receives(inbox("lobby", 4));
    assertThat(all())
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Set.of("lobby", "attic", "yard")),
            Optional.empty());
  }

  @Test
  void anInterruptedInboxReportsNoRoomIds() {
    session.receives(begins("lobby", true, true));
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();

    session.receives(begins("attic", true, false));

    assertThat(all()).containsExactly(Optional.empty(), Optional.of(Set.of("attic")));
  }

  private static ServerFrame begins(String room, boolean isWhole, boolean goesOn) {
    var more = goesOn ? Optional.of(true) : Optional.<Boolean>empty();
    return new ServerFrame.Inbox(List.of(row(room, 0)), List.of(), isWhole, more);
  }

  private List<Optional<Set<String>>> all() {
    return session.events().stream()
        .filter(SessionEvent.Inbox.class::isInstance)
        .map(event -> ((SessionEvent.Inbox) event).all())
        .toList();
  }

  @Test
  void aPendingReadPositionIsSentBeforeUnread() {
    reads("lobby", 5);
    reads("lobby", 6);

    session.happens(new SessionCommand.Unread("lobby", 4));

    assertThat(session.transmitted())
        .containsExactly(new ClientFrame.Read("lobby", 6), new ClientFrame.Unread("lobby", 4));
    session.breaks();
    session.passesUntilItWakes();
    session.comesOnline();
    assertThat(session.transmitted()).isEmpty();
  }

  @Test
  void deliveryIsReportedAfterASecondUnlessTheEntryIsRead() {
    session.hasOpen(5);
    session.receivesEntries(6, 7);
    assertThat(session.transmitted()).isEmpty();
    assertThat(session.passesUntilItWakes()).isEqualTo(1_000);
    assertThat(session.transmitted()).containsExactly(new ClientFrame.Delivered("lobby", 7));

    session.receivesEntries(8);
    reads("lobby", 8);
    session.passesUntilItWakes();
    assertThat(session.transmitted()).isEmpty();
  }
}
