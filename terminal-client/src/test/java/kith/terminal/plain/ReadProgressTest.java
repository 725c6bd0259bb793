package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.junit.jupiter.api.Test;

/// Read positions in line mode.
class ReadProgressTest {
  private final ReadProgress progress = new ReadProgress();

  private static InboxRoom row(long read, OptionalLong unreadFrom) {
    return new InboxRoom(
        "tea",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        9,
        read,
        0,
        unreadFrom,
        OptionalInt.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void entriesThatFollowTheReadOnesAreRead() {
    progress.listed(row(4, OptionalLong.empty()));

    assertThat(progress.printed("tea", 5, 6)).hasValue(6);
    assertThat(progress.printed("tea", 2, 8)).hasValue(8);
    assertThat(progress.position("tea")).hasValue(8);
  }

  @Test
  void aLiveMessageDoesNotMarkEarlierOnesAsRead() {
    progress.listed(row(4, OptionalLong.empty()));

    assertThat(progress.printed("tea", 7, 7)).isEmpty();
    assertThat(progress.position("tea")).hasValue(4);
  }

  @Test
  void aRoomThatWasMarkedAsUnreadIsReadFromThere() {
    progress.listed(row(8, OptionalLong.empty()));
    progress.unread("tea", 3);
    progress.listed(row(8, OptionalLong.of(3)));

    assertThat(progress.printed("tea", 9, 9)).isEmpty();
    assertThat(progress.printed("tea", 3, 9)).hasValue(9);
  }

  @Test
  void readsOnAnotherDeviceMoveThePosition() {
    progress.listed(row(4, OptionalLong.empty()));
    progress.listed(row(9, OptionalLong.empty()));

    assertThat(progress.position("tea")).hasValue(9);
  }

  @Test
  void theReadPositionOfALeftRoomIsUnknown() {
    progress.listed(row(4, OptionalLong.empty()));
    progress.forget(List.of("tea"));

    assertThat(progress.position("tea")).isEmpty();
  }
}
