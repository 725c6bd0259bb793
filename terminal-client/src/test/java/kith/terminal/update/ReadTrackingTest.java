package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import kith.protocol.frame.Entry;
import kith.terminal.model.Reading;
import kith.terminal.model.Room;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Which entries count as read, here and on other devices.
class ReadTrackingTest {
  private final Story ann = Story.atHome(94, 20);

  private static Entry[] many(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(seq -> message(seq, "bob", "number " + seq))
        .toArray(Entry[]::new);
  }

  private Room room(String id) {
    return ann.model().room(id).orElseThrow();
  }

  private Reading reading(String id) {
    return room(id).reading();
  }

  private List<SessionCommand> reads() {
    return ann.commands().stream().filter(SessionCommand.Read.class::isInstance).toList();
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  @Test
  void entriesInTheVisibleRoomAreRead() {
    ann.arrives("r1", message(2, "bob", "one"));
    ann.arrives("r2", message(2, "bob", "elsewhere"));

    assertThat(reads()).containsExactly(new SessionCommand.Read("r1", 2));
    assertThat(reading("r2").unread()).isEqualTo(1);
  }

  @Test
  void nothingIsReadWhileTheTerminalHasNoFocus() {
    ann.arrives("r1", message(2, "bob", "zero"));
    ann.happens(new Input.Focused(false));
    ann.arrives("r1", message(3, "bob", "one"), message(4, "bob", "two"));
    assertThat(reads()).containsExactly(new SessionCommand.Read("r1", 2));
    assertThat(reading("r1").unread()).isEqualTo(2);

    ann.happens(new Input.Focused(true));
    assertThat(ann.latestCommand(SessionCommand.Read.class))
        .isEqualTo(new SessionCommand.Read("r1", 4));
    assertThat(screen()).containsSubsequence("─ unread ─", "one", "two");
  }

  @Test
  void nothingIsReadAfterFiveMinutesWithoutAKey() {
    ann.types("a");
    ann.passes(Duration.ofMinutes(6));
    ann.arrives("r1", message(2, "bob", "one"));
    assertThat(reads()).isEmpty();

    ann.types("b");
    assertThat(reads()).containsExactly(new SessionCommand.Read("r1", 2));
  }

  @Test
  void onlyEntriesOnTheScreenAreRead() {
    ann.arrives("r1", many(2, 60));
    ann.presses("PageUp", "PageUp");
    ann.arrives("r1", many(61, 90));
    int before = reads().size();
    assertThat(reading("r1").unread()).isEqualTo(30);

    ann.presses("PageDown", "PageDown");
    ann.presses("PageDown");

    assertThat(reads().size()).isGreaterThan(before);
    assertThat(ann.latestCommand(SessionCommand.Read.class).seq()).isBetween(61L, 89L);
    assertThat(reading("r1").unread()).isBetween(1, 29);
    ann.presses("Alt-e");
    assertThat(ann.latestCommand(SessionCommand.Read.class))
        .isEqualTo(new SessionCommand.Read("r1", 90));
    assertThat(reading("r1").unread()).isZero();
  }

  @Test
  void readingOnAnotherDeviceMovesTheUnreadLine() {
    ann.arrives("r2", many(2, 6));
    assertThat(reading("r2").unread()).isEqualTo(5);

    ann.readsElsewhere("r2", 4);
    assertThat(reading("r2").unread()).isEqualTo(2);
    ann.presses("Alt-a");
    ann.pages("r2", many(1, 6));

    assertThat(screen()).containsSubsequence("number 4", "─ unread ─", "number 5", "number 6");
  }

  @Test
  void aRoomMarkedAsUnreadStaysUnreadUntilItIsEntered() {
    ann.arrives("r1", many(2, 6));
    ann.presses("Alt-ArrowUp", "Alt-ArrowUp", "Alt-y");
    assertThat(ann.latestCommand(SessionCommand.Unread.class))
        .isEqualTo(new SessionCommand.Unread("r1", 5));
    assertThat(screen()).containsSubsequence("number 4", "─ unread ─", "number 5", "number 6");
    int before = reads().size();

    ann.arrives("r1", message(7, "bob", "seven"));
    ann.presses("Alt-2");
    ann.pages("r2");
    assertThat(reads()).hasSize(before);
    assertThat(ann.screen()).anyMatch(row -> row.startsWith(" 1 garden") && row.contains("1 │"));

    ann.presses("Alt-1");
    assertThat(screen()).containsSubsequence("number 4", "─ unread ─", "number 5", "number 6");
    assertThat(room("r1").isUnread()).isFalse();
  }

  @Test
  void aRoomWithoutUnreadMessagesThatIsMarkedShowsADot() {
    ann.arrives("r1", many(2, 6));
    ann.types("/unread");
    ann.presses("Enter", "Alt-2");

    assertThat(ann.screen()).anyMatch(row -> row.startsWith(" 1 garden") && row.contains("•"));
  }

  @Test
  void allRoomsAreMarkedAsReadAfterAQuestion() {
    ann.arrives("r1", many(2, 6));
    ann.arrives("r2", many(2, 4));
    ann.types("/unread");
    ann.presses("Enter");
    assertThat(room("r1").isUnread()).isTrue();

    ann.types("/read-all");
    ann.presses("Enter");
    assertThat(screen()).contains("Mark all rooms as read", "garden, lobby");
    ann.presses("Escape");
    assertThat(room("r2").isUnread()).isTrue();

    ann.types("/read-all");
    ann.presses("Enter", "Enter");

    assertThat(ann.model().rooms()).noneMatch(Room::isUnread);
    assertThat(reads())
        .contains(new SessionCommand.Read("r1", 6), new SessionCommand.Read("r2", 4));
    ann.types("/read-all");
    ann.presses("Enter");
    assertThat(ann.model().notice().lines()).containsExactly("No room is unread.");
  }

  @Test
  void roomsJoinedOrLeftOnAnotherDeviceAppearAndDisappear() {
    ann.isIn("r3", "yard", 5, 5, 0);
    ann.listed();
    assertThat(ann.model().room("r3")).isPresent();
    assertThat(ann.latestCommand(SessionCommand.Open.class))
        .isEqualTo(SessionCommand.Open.after("r3", 5));

    ann.happens(new Input.Net(new SessionEvent.Inbox(List.of(), List.of("r3"), Optional.empty())));
    assertThat(ann.model().room("r3")).isEmpty();
  }

  @Test
  void aNarrowScreenStillCountsUnreadRooms() {
    var narrow = Story.atHome(40, 12);

    narrow.arrives("r2", message(2, "bob", "hi"));

    assertThat(String.join("\n", narrow.screen())).contains("1 unread: Alt-a");
  }
}
