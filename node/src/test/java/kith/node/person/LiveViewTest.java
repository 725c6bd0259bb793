package kith.node.person;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Visibility;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final LiveInbox VIEW = new LiveInbox();
  private static final ServerFrame WHOLE =
      inbox(true, row(Optional.of("lobby"), Optional.of(Visibility.PUBLIC), 3));
  private static final ServerFrame CHANGE =
      inbox(false, row(Optional.empty(), Optional.empty(), 0));

  @Test
  void aChangeKeepsTheFieldsThatItLeavesOut() {
    assertThat(VIEW.after(List.of(WHOLE, CHANGE)).get("r1"))
        .isEqualTo(row(Optional.of("lobby"), Optional.of(Visibility.PUBLIC), 0));
  }

  @Test
  void aLostChangeIsDetected() {
    var asked = VIEW.after(List.of(WHOLE, CHANGE));

    assertThat(LiveView.isAgreed(VIEW.after(List.of(WHOLE, CHANGE)), asked, _ -> true)).isTrue();
    assertThat(LiveView.isAgreed(VIEW.after(List.of(WHOLE)), asked, _ -> true)).isFalse();
  }

  @Test
  void aDeviationOfBothFromTheContractIsNoticed() {
    var both = VIEW.after(List.of(WHOLE));

    assertThat(
            LiveView.isAgreed(both, both, rooms -> requireNonNull(rooms.get("r1")).unread() == 0))
        .isFalse();
  }

  private static ServerFrame inbox(boolean whole, InboxRoom row) {
    return new ServerFrame.Inbox(List.of(row), List.of(), whole, Optional.empty());
  }

  private static InboxRoom row(
      Optional<String> name, Optional<Visibility> visibility, long unread) {
    return new InboxRoom(
        "r1",
        name,
        visibility,
        Optional.empty(),
        7,
        4,
        unread,
        OptionalLong.empty(),
        OptionalInt.of(0),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
