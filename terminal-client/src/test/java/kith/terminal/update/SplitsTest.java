package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Panes;
import kith.terminal.layout.RoomArea;
import kith.terminal.model.Overlay;
import kith.terminal.model.Preferences;
import kith.terminal.model.Size;
import kith.terminal.model.Split;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two rooms on the screen.
class SplitsTest {

  private static Story split(int columns, int rows) {
    var ann = Story.atHome(columns, rows);
    ann.arrives("r1", message(2, "bob", "in the garden"));
    ann.presses("F8");
    ann.pages("r2", message(1, "carol", "in the lobby"));
    return ann;
  }

  private static void enters(Story ann, String line) {
    ann.types(line);
    ann.presses("Enter");
  }

  private static Split split(Story ann) {
    return ann.model().settings().preferences().split().orElseThrow();
  }

  private static String text(Story ann) {
    return String.join("\n", ann.screen());
  }

  private static Entry[] messages(int from, int to, String words) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(seq -> message(seq, "bob", words + " " + seq))
        .toArray(Entry[]::new);
  }

  private static Stream<SessionCommand.Read> reads(Story ann, String room) {
    return ann.commands().stream()
        .filter(SessionCommand.Read.class::isInstance)
        .map(SessionCommand.Read.class::cast)
        .filter(read -> read.room().equals(room));
  }

  @Test
  void twoRoomsAreSideBySide() {
    var ann = split(80, 12);

    ann.presses("Escape");
    assertThat(ann.screen().getFirst())
        .isEqualTo(" ▸ garden".stripTrailing() + pad(30) + "│── lobby " + "─".repeat(31));
    assertThat(ann.screen().get(9))
        .startsWith("12:00 bob   in the garden")
        .contains("│12:00 carol   in the lobby");
  }

  private static String pad(int columns) {
    return " ".repeat(columns);
  }

  @Test
  void oneRoomIsAboveTheOther() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", "in the garden"));
    enters(ann, "/split lobby --below");
    ann.pages("r2", message(1, "carol", "in the lobby"));
    ann.presses("Escape");

    assertThat(ann.screen().getFirst()).isEqualTo(" ▸ garden");
    assertThat(ann.screen().get(10)).isEqualTo("12:00 bob   in the garden");
    assertThat(ann.screen().get(11)).startsWith("── lobby ──");
    assertThat(ann.screen().get(21)).isEqualTo("12:00 carol   in the lobby");

    ann.presses("Alt-_");
    assertThat(ann.screen().getFirst()).contains("▸ garden", "│── lobby");
  }

  @ParameterizedTest
  @CsvSource({"73, 12", "80, 24", "92, 24", "118, 24", "120, 40", "121, 40", "200, 60"})
  void noPartOverlapsAnotherAndNoneIsTooSmall(int columns, int rows) {
    for (boolean isBeside : List.of(true, false)) {
      for (boolean isFirst : List.of(true, false)) {
        var ann = Story.atHome(columns, rows);
        var wanted =
            Preferences.NONE.withRoom("r1").with(Optional.of(new Split("r2", isBeside, isFirst)));
        ann.happens(new Input.PreferencesLoaded(wanted));

        var panes = Panes.of(ann.model());
        var focused = panes.focused();
        var other = panes.other().orElseThrow();

        assertThat(focused.columns()).isGreaterThanOrEqualTo(36);
        assertThat(other.columns()).isGreaterThanOrEqualTo(36);
        assertThat(focused.rows()).isGreaterThanOrEqualTo(4);
        assertThat(other.rows()).isGreaterThanOrEqualTo(4);
        assertThat(isApart(focused, other)).isTrue();
        assertThat(focused.left()).isGreaterThanOrEqualTo(panes.timelineLeft());
        assertThat(other.left()).isGreaterThanOrEqualTo(panes.timelineLeft());
        int right = panes.timelineLeft() + panes.timelineColumns();
        assertThat(Math.max(focused.left() + focused.columns(), other.left() + other.columns()))
            .isEqualTo(right);
        assertThat(Math.max(focused.top() + focused.rows(), other.top() + other.rows()))
            .isEqualTo(panes.bodyRows());
        assertThat(focused.left() < other.left() || focused.top() < other.top()).isEqualTo(isFirst);
        assertThat(ann.screen()).hasSizeLessThanOrEqualTo(rows);
      }
    }
  }

  private static boolean isApart(RoomArea one, RoomArea two) {
    boolean inColumns =
        one.left() + one.columns() < two.left() || two.left() + two.columns() < one.left();
    boolean inRows = one.top() + one.rows() < two.top() || two.top() + two.rows() < one.top();
    return inColumns || inRows;
  }

  @Test
  void theOtherRoomShowsNewMessagesWhichStayUnreadUntilItHasTheFocus() {
    var ann = split(80, 24);
    ann.presses("Escape");

    ann.arrives("r2", message(2, "bob", "look here"));

    assertThat(text(ann)).contains("│12:00   bob   look here");
    assertThat(ann.screen().getFirst()).endsWith("1 unread");
    assertThat(reads(ann, "r2")).isEmpty();
    assertThat(ann.model().room("r2").orElseThrow().reading().unread()).isEqualTo(1);

    ann.presses("Alt-w");

    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.model().room("r2").orElseThrow().reading().unread()).isZero();
    assertThat(reads(ann, "r2")).extracting(SessionCommand.Read::seq).containsExactly(2L);
    assertThat(ann.screen().getFirst()).startsWith("── garden ─").contains("│ ▸ lobby");
    assertThat(text(ann)).contains("unread");
  }

  @Test
  void bothRoomsShowWhoIsTyping() {
    var ann = split(80, 24);
    ann.presses("Escape");

    ann.happens(new Input.Net(new SessionEvent.Typing("r1", List.of("bob"))));
    ann.happens(new Input.Net(new SessionEvent.Typing("r2", List.of("carol"))));

    assertThat(ann.screen().getFirst())
        .contains("bob is typing …", "── lobby ──", " carol is typing … ─");
  }

  @Test
  void theOtherRoomNotifiesLikeARoomThatIsNotOnTheScreen() {
    var ann = split(80, 24);
    int before = notifications(ann);

    ann.arrives("r2", message(2, "bob", "@ann look"));

    assertThat(notifications(ann)).isGreaterThan(before);
  }

  private static int notifications(Story ann) {
    return (int) ann.requests().stream().filter(Request.Notify.class::isInstance).count();
  }

  @Test
  void keysAndTheEditorBelongToTheRoomWithTheFocus() {
    var ann = split(80, 24);
    ann.types("for the garden");

    ann.presses("Alt-w");
    assertThat(ann.model().editor().text()).isEmpty();
    enters(ann, "for the lobby");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post().room()).isEqualTo("r2");

    ann.presses("Alt-`");
    assertThat(ann.model().editor().text()).isEqualTo("for the garden");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post().room()).isEqualTo("r1");
  }

  @Test
  void bothRoomsKeepTheirPlacesWhileTheFocusMoves() {
    var ann = split(80, 24);
    ann.arrives("r1", messages(3, 60, "flower"));
    ann.presses("PageUp");
    var place = ann.model().room("r1").orElseThrow().reading().anchor();
    assertThat(place).isPresent();

    ann.presses("Alt-w", "Alt-w");

    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.model().room("r1").orElseThrow().reading().anchor()).isEqualTo(place);
    assertThat(split(ann)).isEqualTo(new Split("r2", true, true));
  }

  @Test
  void theOtherRoomLoadsItsMessages() {
    var ann = Story.atHome(80, 24);

    ann.presses("F8");

    var asked = ann.latestCommand(SessionCommand.History.class).question();
    assertThat(asked.room()).isEqualTo("r2");
    assertThat(ann.latest(Request.LoadRoom.class).room()).isEqualTo("r2");
  }

  @Test
  void goingToTheOtherRoomMovesTheFocusAndGoingElsewhereReplacesTheRoom() {
    var ann = split(80, 24);
    ann.isIn("r3", "kitchen", 1, 1, 0);
    ann.listed();

    enters(ann, "/switch lobby");
    assertThat(ann.model().current()).contains("r2");
    assertThat(split(ann).other()).isEqualTo("r1");

    enters(ann, "/switch kitchen");
    assertThat(ann.model().current()).contains("r3");
    assertThat(split(ann).other()).isEqualTo("r1");
    assertThat(ann.screen().getFirst()).startsWith("── garden").contains("│ ▸ kitchen");
  }

  @Test
  void theNextRoomIsNotTheOtherOne() {
    var ann = split(80, 24);
    ann.isIn("r3", "kitchen", 1, 1, 0);
    ann.listed();

    ann.presses("Alt-n");

    assertThat(ann.model().current()).contains("r3");
    assertThat(split(ann).other()).isEqualTo("r2");
  }

  @Test
  void aScreenThatIsTooSmallShowsOneRoomAndReportsIt() {
    var ann = split(80, 24);

    ann.happens(new Input.Resized(new Size(60, 24)));
    assertThat(text(ann))
        .contains("too small for two rooms", "in the garden")
        .doesNotContain("lobby ─");
    ann.presses("Escape");
    assertThat(ann.screen().get(22)).contains("too small for two rooms");
    ann.presses("Alt-w");
    assertThat(ann.model().current()).contains("r1");

    ann.happens(new Input.Resized(new Size(80, 24)));
    assertThat(text(ann)).contains("│── lobby").doesNotContain("too small");
  }

  @Test
  void aNarrowScreenHasOneRoomAboveTheOtherAndASmallOneRefuses() {
    var narrow = Story.atHome(40, 12);
    narrow.presses("F8");
    assertThat(split(narrow).isBeside()).isFalse();
    assertThat(Panes.of(narrow.model()).other()).isPresent();
    enters(narrow, "/split --beside");
    assertThat(text(narrow)).contains("too small");
    assertThat(split(narrow).isBeside()).isFalse();

    var low = Story.atHome(60, 11);
    low.presses("F8");
    assertThat(low.model().settings().preferences().split()).isEmpty();
    assertThat(text(low)).contains("too small for two rooms: 73 columns");
  }

  @Test
  void aLongNoticeLeavesTheHalfWithTheFocusMostRows() {
    var ann = split(40, 12);

    for (boolean ignored : List.of(true, false)) {
      ann.types("/");
      var panes = Panes.of(ann.model());
      assertThat(ann.model().overlay()).isInstanceOf(Overlay.Completions.class);
      assertThat(panes.focused().rows()).isPositive();
      assertThat(panes.other().orElseThrow().rows()).isNotNegative();
      assertThat(panes.focused().rows()).isGreaterThanOrEqualTo(panes.other().orElseThrow().rows());
      assertThat(ann.screen()).hasSizeLessThanOrEqualTo(12);
      ann.presses("Escape", "Backspace", "Alt-w");
    }
  }

  @Test
  void theSecondRoomReplacesThePanesAndF2OffersThePalette() {
    var ann = split(80, 24);

    ann.presses("F2");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Palette.class);
    ann.presses("Escape", "F3");
    assertThat(text(ann)).contains("too narrow for the members");
    assertThat(Panes.of(ann.model()).other()).isPresent();
  }

  @Test
  void theWheelAndClicksReachTheOtherRoom() {
    var ann = split(80, 24);
    ann.arrives("r2", messages(2, 80, "news"));
    ann.presses("Escape");

    ann.happens(new Input.Wheeled(true, 60, 10));
    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.model().room("r2").orElseThrow().reading().anchor()).isPresent();
    assertThat(ann.model().room("r1").orElseThrow().reading().anchor()).isEmpty();

    ann.happens(new Input.Clicked(60, 10));
    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).isEmpty();
    ann.happens(new Input.Clicked(60, 10));
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).isPresent();
    ann.happens(new Input.Clicked(3, 0));
    assertThat(ann.model().current()).contains("r1");
  }

  @Test
  void onARoomAboveTheOtherAClickSelectsTheMessageUnderIt() {
    var ann = Story.atHome(80, 24);
    enters(ann, "/split lobby --below");
    ann.pages("r2", message(1, "carol", "in the lobby"));
    ann.presses("Escape", "Alt-w");

    ann.happens(new Input.Clicked(20, 21));

    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(1);
  }

  @Test
  void unsplitKeepsTheRoomWithTheFocus() {
    var ann = split(80, 24);
    ann.presses("Alt-w");

    enters(ann, "/unsplit");

    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.model().settings().preferences().split()).isEmpty();
    assertThat(ann.screen().getFirst()).isEqualTo(" lobby");
  }

  @Test
  void aRoomThatTheUserLeavesIsNoLongerOnTheScreen() {
    var ann = split(80, 24);
    ann.happens(new Input.Left("r2"));
    assertThat(ann.model().settings().preferences().split()).isEmpty();
    assertThat(ann.model().current()).contains("r1");

    var bob = split(80, 24);
    bob.happens(new Input.Left("r1"));
    assertThat(bob.model().current()).contains("r2");
    assertThat(bob.model().settings().preferences().split()).isEmpty();
  }

  @Test
  void theNextStartShowsBothRooms() {
    var ann = new Story(80, 24);
    ann.happens(
        new Input.PreferencesLoaded(
            Preferences.NONE.withRoom("r2").with(Optional.of(new Split("r1", true, false)))));
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.isIn("r2", "lobby", 1, 1, 0);
    ann.listed();

    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.screen().getFirst()).startsWith("── garden").contains("│ ▸ lobby");
    var loaded =
        ann.requests().stream()
            .filter(Request.LoadRoom.class::isInstance)
            .map(it -> ((Request.LoadRoom) it).room());
    assertThat(loaded).contains("r1", "r2");
  }

  @Test
  void aRoomThatTheUserIsNoLongerAMemberOfIsRemoved() {
    var ann = new Story(80, 24);
    ann.happens(
        new Input.PreferencesLoaded(
            Preferences.NONE.withRoom("r2").with(Optional.of(new Split("r9", true, false)))));
    ann.online();
    ann.isIn("r2", "lobby", 1, 1, 0);
    ann.listed();

    assertThat(ann.model().settings().preferences().split()).isEmpty();
    assertThat(ann.screen().getFirst()).isEqualTo(" lobby");
  }

  @Test
  void wrongArgumentsShowTheUsage() {
    var ann = Story.atHome(80, 24);

    for (var line : List.of("/split --left", "/split --beside --below")) {
      enters(ann, line);
      assertThat(ann.model().notice().lines()).first().asString().startsWith("Usage: /split");
      ann.presses("Ctrl-u");
    }
    enters(ann, "/split nowhere");
    assertThat(text(ann)).contains("You are not in 'nowhere'");
    ann.presses("Ctrl-u");
    enters(ann, "/split garden");
    assertThat(text(ann)).contains("on the screen already");
    assertThat(ann.model().settings().preferences().split()).isEmpty();
  }

  @Test
  void withOneRoomThereIsNothingToSplit() {
    var ann = new Story(80, 24);
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();

    ann.presses("F8");
    assertThat(text(ann)).contains("in no other room");
    ann.presses("Alt-w");
    assertThat(text(ann)).contains("F8 shows two");
  }

  @Test
  void aRewoundOtherRoomStaysOnTheScreen() {
    var ann = split(80, 24);
    ann.arrives("r2", messages(2, 30, "news"));

    ann.happens(new Input.Net(new SessionEvent.Rewound("r2", 30, 10)));

    assertThat(Set.of("r1", "r2")).contains(split(ann).other());
    assertThat(text(ann)).contains("news 10").doesNotContain("news 11");
  }
}
