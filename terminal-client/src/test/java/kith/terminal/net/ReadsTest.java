package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Test;

/// How a session tells what was read.
class ReadsTest {
  private final Talk talk = Talk.online();

  private void reads(String room, long seq) {
    talk.happens(new NetInput.Read(room, seq));
  }

  private static ServerFrame inbox(String room, long read) {
    var row =
        new InboxRoom(
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
    return new ServerFrame.Inbox(List.of(row), List.of(), false);
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
  void markingAsUnreadIsNotTakenBackByWhatWasReadBefore() {
    reads("lobby", 5);
    reads("lobby", 6);

    talk.happens(new NetInput.Unread("lobby", 4));

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
