package kith.terminal.view;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.update.Input;
import org.junit.jupiter.api.Test;

/// The rows of the screen.
class ScreenTest {

  @Test
  void roomsTimelineStatusAndEditorShareTheScreen() {
    var ann = Story.atHome(94, 12);

    ann.arrives(
        "r1",
        message(2, "bob", "hello ann"),
        message(3, "bob", "are you there?"),
        new Entry.Joined(4, Story.noon(), "carol"));
    ann.arrives("r2", message(2, "bob", "@ann look"));
    ann.types("yes");

    assertThat(ann.screen())
        .containsExactly(
            " Rooms            │ garden",
            " 1 garden         │",
            " 2 lobby       @1 │",
            "                  │",
            "                  │",
            "                  │  the beginning of garden",
            "                  │─────────────────────── Saturday, 21 November 2026"
                + " ────────────────────────",
            "                  │12:00 bob   hello ann",
            "                  │            are you there?",
            "                  │12:00     · carol joined",
            " ● ann  on example.org                                              1 unread: Alt-a "
                + " F1 help",
            "> yes")
        .hasSize(12);
  }

  @Test
  void aNarrowTerminalShowsTheTimelineAlone() {
    var ann = Story.atHome(60, 16);

    ann.arrives("r1", message(2, "bob", "hello ann"));

    assertThat(ann.screen().getFirst()).isEqualTo(" garden");
    assertThat(ann.screen()).contains("12:00 bob   hello ann");
  }

  @Test
  void aWideTerminalShowsTheMembersToo() {
    var ann = Story.atHome(120, 20);

    assertThat(ann.screen().getFirst()).contains("Rooms", "garden", "Members");
  }

  @Test
  void anOwnMessageShowsItsState() {
    var ann = Story.atHome(60, 16);

    ann.state(new ConnectionState.Waiting(Instant.EPOCH, "Nothing answers."));
    ann.types("first");
    ann.presses("Enter");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(ann.screen()).contains("12:00 ann ◌ first");

    ann.happens(new Input.Net(new SessionEvent.Kept(post)));
    assertThat(ann.screen()).contains("12:00 ann … first");
    assertThat(ann.screen().get(14)).contains("○ offline", "… 1 waiting");

    ann.online();
    ann.happens(new Input.Net(new SessionEvent.Sent(post, 2, Story.noon())));
    assertThat(ann.screen()).contains("12:00 ann ✓ first");

    ann.arrives("r1", own(2, post.id(), "first"));
    assertThat(ann.screen()).filteredOn(row -> row.contains("first")).hasSize(1);
  }

  @Test
  void theStatusLineCountsTheSecondsUntilTheNextAttempt() {
    var ann = Story.atHome(80, 16);

    ann.state(new ConnectionState.Waiting(Story.noon().plusSeconds(30), "Nothing answers."));
    ann.passes(Duration.ofSeconds(10));
    var early = ann.screen().get(14);
    ann.passes(Duration.ofSeconds(5));

    assertThat(early).containsPattern("offline, trying again in 1\\d s, Alt-r now");
    assertThat(ann.screen().get(14)).isNotEqualTo(early);
    ann.presses("Alt-r");
    assertThat(ann.latestCommand(SessionCommand.Reconnect.class)).isNotNull();
  }

  @Test
  void aRefusedMessageShowsTheReasonUntilItIsDropped() {
    var ann = Story.atHome(80, 16);

    ann.types("first");
    ann.presses("Enter");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    ann.happens(new Input.Net(new SessionEvent.Failed(post, "banned", "You are banned.")));

    assertThat(String.join("\n", ann.screen())).contains("✗ first", "not sent: You are banned.");
    ann.presses("Alt-d", "Enter");
    assertThat(String.join("\n", ann.screen())).doesNotContain("first");
  }

  @Test
  void editsRemovalsAndRepliesAreShownAtTheirMessage() {
    var ann = Story.atHome(60, 16);

    ann.arrives(
        "r1",
        message(2, "bob", "helo"),
        message(3, "bob", "secret"),
        new Entry.Message(
            4,
            Story.noon(),
            "carol",
            "m4",
            Optional.of("hi"),
            OptionalLong.of(2),
            Optional.empty(),
            Optional.empty()));
    ann.arrives(
        "r1",
        new Entry.Edited(5, Story.noon(), "bob", "e5", 2, Optional.of("hello")),
        new Entry.Redacted(6, Story.noon(), "bob", "e6", 3, Optional.empty()));

    assertThat(ann.screen())
        .containsSequence(
            "12:00   bob   hello (edited)",
            "              (removed by bob)",
            "12:00 carol   ↪ bob: hello",
            "              hi");
  }

  @Test
  void reactionsAreOneRowUnderTheirMessage() {
    var ann = Story.atHome(60, 16);

    ann.arrives("r1", message(2, "bob", "tea?"), message(3, "bob", "now"));
    ann.arrives("r1", reacted(4, "ann", "👍"), reacted(5, "bob", "👍"), reacted(6, "bob", "🎉"));

    var canvas = Screen.draw(ann.model());
    int row = row(canvas, "tea?");
    assertThat(canvas.text(row + 1).strip()).isEqualTo("[👍 2]  🎉 1");
    assertThat(canvas.text(row + 2)).endsWith("now");
    assertThat(canvas.toString()).doesNotContain("reacted");
  }

  @Test
  void reactionsThatDoNotFitAreOmitted() {
    var ann = Story.atHome(40, 16);

    ann.arrives("r1", message(2, "bob", "tea?"));
    var emoji = List.of("👍", "🎉", "😂", "👀", "🍵", "🚀", "🔥");
    for (int index = 0; index < emoji.size(); index++) {
      ann.arrives("r1", reacted(3 + index, "bob", emoji.get(index)));
    }

    var canvas = Screen.draw(ann.model());
    assertThat(canvas.text(row(canvas, "👍 1")).strip()).isEqualTo("👍 1  🎉 1  😂 1  👀 1 …");
  }

  private static Entry reacted(long seq, String by, String emoji) {
    return new Entry.Reacted(seq, Story.noon(), by, "e" + seq, 2, emoji, Optional.empty());
  }

  @Test
  void wideCharactersMarksAndEmojiHaveTheirColumns() {
    var ann = Story.atHome(74, 12);

    ann.arrives("r1", message(2, "bob", "日本 👩‍👩‍👧 שלום e\u0302 end"));

    var canvas = Screen.draw(ann.model());
    var row = row(canvas, "日本");
    assertThat(canvas.text(row)).endsWith("日本 👩‍👩‍👧 שלום ê end");
    int end = 0;
    for (int column = 0; column < 74; column++) {
      if (canvas.at(column, row).grapheme().equals("d")) end = column;
    }
    assertThat(end).isEqualTo(12 + 4 + 1 + 2 + 1 + 4 + 1 + 1 + 1 + 3 - 1);
  }

  private static int row(Canvas canvas, String words) {
    for (int row = 0; row < canvas.size().rows(); row++) {
      if (canvas.text(row).contains(words)) return row;
    }
    throw new AssertionError(canvas.toString());
  }

  @Test
  void controlCharactersOfOthersDoNotReachTheTerminal() {
    var ann = Story.atHome(60, 16);

    ann.arrives("r1", message(2, "bob", "\u001b[2J\u0007\u009b31m\u202egnorw"));

    var canvas = Screen.draw(ann.model());
    assertThat(canvas.toString().chars().filter(unit -> unit != '\n'))
        .noneMatch(unit -> Character.isISOControl(unit) || unit == 0x202e);
  }

  @Test
  void theUnreadLineIsBeforeTheFirstUnreadMessage() {
    var ann = Story.atHome(60, 16);

    ann.arrives(
        "r2",
        new Entry.Joined(2, Story.noon(), "bob"),
        message(3, "bob", "one"),
        message(4, "bob", "two"));
    ann.presses("Alt-a");
    ann.pages("r2", message(1, "bob", "zero"));

    assertThat(String.join("\n", ann.screen()))
        .containsSubsequence("zero", "joined", "─ unread ─", "one", "two");
    assertThat(ann.model().room("r2").orElseThrow().reading().unread()).isZero();
  }

  @Test
  void theCursorIsAfterTheTextInEveryNormalForm() {
    for (var text :
        List.of(
            "e\u0302",
            "q\u0302x",
            "\u1112\u1161\u11ab",
            "\u0915\u093c",
            "日e\u0301",
            "👩‍👩‍👧",
            "\u0302")) {
      var ann = Story.atHome(60, 16);
      ann.happens(new Input.Typed(text + "|"));

      var canvas = Screen.draw(ann.model());
      var cursor = canvas.cursor().orElseThrow();
      assertThat(canvas.at(cursor.column() - 1, cursor.row()).grapheme()).as(text).isEqualTo("|");
    }
  }

  @Test
  void theHelpShowsTheKeyTable() {
    var ann = Story.atHome(80, 24);

    ann.presses("F1");

    assertThat(ann.screen().getFirst()).contains("┌─ Help");
    assertThat(ann.screen()).anyMatch(row -> row.contains("Alt-a") && row.contains("unread"));
    ann.presses("Escape");
    assertThat(ann.screen().getFirst()).contains("garden");
  }

  @Test
  void typedTextNarrowsTheHelpToKeysAndCommandsUnderTheirHeadings() {
    var ann = Story.atHome(80, 24);
    ann.presses("F1");

    ann.types("unread");

    assertThat(ann.screen())
        .anyMatch(row -> row.contains("Rooms and people"))
        .anyMatch(row -> row.contains("Alt-a") && row.contains("next unread room"))
        .anyMatch(row -> row.contains("/unread"))
        .noneMatch(row -> row.contains("Writing") || row.contains("Ctrl-q"));
    ann.types("zzz");
    assertThat(ann.screen()).anyMatch(row -> row.contains("No match."));
  }

  @Test
  void unreadRoomsAreNamedWhileTheListOfRoomsIsHidden() {
    var ann = Story.atHome(80, 24);
    ann.isIn("r3", "attic", 1, 1, 0);
    ann.listed();

    ann.arrives("r3", message(2, "bob", "hello"));
    ann.arrives("r2", message(2, "bob", "@ann look"));

    assertThat(ann.screen().get(22)).endsWith("2:lobby(@1) 3:attic(1)  Alt-a  F1 help");
    ann.happens(new Input.Resized(new Size(54, 24)));
    assertThat(ann.screen().get(22)).contains("2:lobby(@1) +1  Alt-a").doesNotContain("attic");
    ann.happens(new Input.Resized(new Size(120, 24)));
    assertThat(ann.screen().get(22)).endsWith("2 unread: Alt-a  F1 help");
  }

  @Test
  void namesTakeAsMuchSpaceAsTheyNeedAndLeave55ColumnsAt80() {
    var ann = Story.atHome(80, 24);
    var text = "a ".repeat(60).strip();

    ann.arrives("r1", message(2, "bob", text));
    assertThat(ann.screen()).anyMatch(row -> row.startsWith("12:00 bob   a a a"));

    ann.arrives("r1", message(3, "a-user-with-a-very-long-name", text));
    var rows = ann.screen().stream().filter(row -> row.contains("a a a")).toList();
    assertThat(rows.getFirst()).startsWith("12:00              bob   a a a");
    assertThat(rows).anyMatch(row -> row.substring(25).length() >= 55);
  }

  @Test
  void thePaletteMatchesRoomsAndCommandsByLetters() {
    var ann = Story.atHome(80, 24);

    ann.presses("Ctrl-k");
    ann.types("lby");
    assertThat(ann.screen().get(3)).contains("lobby");

    ann.presses("Enter");
    assertThat(ann.model().current()).contains("r2");
  }

  @Test
  void theLoginFormShowsErrorsBesideTheField() {
    var start =
        Model.start(new Size(70, 16), ClientConf.shipped(), ZoneOffset.UTC)
            .loggingIn(Form.of("http://127.0.0.1:8080"));
    var form = start.form().orElseThrow().withError(Form.USER, "This user name is taken.");

    var canvas = Screen.draw(start.loggingIn(form));

    assertThat(canvas.toString())
        .contains("Kith: sign up", "Server      http://127.0.0.1:8080", "This user name is taken.");
  }

  @Test
  void aTooSmallTerminalShowsTheMinimumSize() {
    var ann = Story.atHome(80, 24);

    ann.happens(new Input.Resized(new Size(20, 5)));

    assertThat(ann.screen()).contains("Kith needs 40×10.");
  }

  @Test
  void aGapIsShownAsARow() {
    var ann = Story.atHome(60, 16);

    ann.arrives("r1", message(2, "bob", "one"));
    ann.arrives("r1", message(9, "bob", "two"));

    assertThat(String.join("\n", ann.screen())).contains("#3 to #8 are no longer kept");
  }

  @Test
  void messagesThatTheRoomDoesNotKeepLeaveTheScreen() {
    var ann = Story.atHome(120, 16);
    ann.arrives("r1", message(2, "bob", "too old"));
    ann.arrives("r1", message(3, "bob", "young enough"));

    ann.arrives("r1", new Entry.Truncated(4, Story.noon(), 3));

    assertThat(String.join("\n", ann.screen()))
        .doesNotContain("too old")
        .contains("young enough")
        .contains("Messages before 21 November 2026 were removed by this room's retention");
  }

  private static Entry.Message own(long seq, String id, String body) {
    return new Entry.Message(
        seq,
        Story.noon(),
        "ann",
        id,
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void everyThemeDrawsTheSameText() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", "@ann **hello**"));
    var dark = ann.screen();

    for (var theme : List.of("light", "contrast", "colour-blind", "16", "mono")) {
      ann.presses("F4");
      assertThat(ann.model().settings().theme()).isEqualTo(theme);
      assertThat(ann.screen()).isEqualTo(dark);
    }
  }

  @Test
  void onANarrowScreenAKeyInTheStatusLineShowsTheRooms() {
    var ann = Story.atHome(40, 12);
    assertThat(String.join("\n", ann.screen())).contains("F2 rooms");

    ann.presses("F2");
    assertThat(String.join("\n", ann.screen())).contains("garden", "lobby");
    ann.presses("ArrowDown", "Enter");
    assertThat(ann.model().current()).contains("r2");

    ann.presses("F3");
    assertThat(ann.model().notice().lines())
        .containsExactly("The screen is too narrow for the members; /who lists them.");
  }
}
