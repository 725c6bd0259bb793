package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.model.Reading;
import kith.terminal.model.SearchState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.Days;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Search by text, jumps to a day and to the unread line, and actions on the match.
class SearchTest {
  private static final long END = 5_000;
  private static final long PER_DAY = 100;

  /// A hundred messages per day, at equal intervals. The last day is today.
  private static Entry entry(long seq) {
    var at = Story.noon().minus((END - seq) * 24 * 60 / PER_DAY, ChronoUnit.MINUTES);
    return new Entry.Message(
        seq,
        at,
        "bob",
        "m" + seq,
        Optional.of(seq == 4_321 ? "the needle" : "number " + seq),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private final Story ann = Story.atHome(60, 16);

  private void goesToTheBigRoom() {
    ann.happens(new Input.Entered(Story.room("r3", "yard", END)));
    answers();
  }

  private ClientFrame.History asked() {
    return ann.latestCommand(SessionCommand.History.class).question();
  }

  /// Answers history queries as a server does.
  private void answers() {
    var asked = asked();
    int limit = asked.limit().orElseThrow();
    var page =
        asked.after().isPresent()
            ? LongStream.rangeClosed(
                asked.after().getAsLong() + 1, Math.min(END, asked.after().getAsLong() + limit))
            : LongStream.range(
                Math.max(1, asked.before().orElseThrow() - limit), asked.before().orElseThrow());
    var entries = page.mapToObj(SearchTest::entry).toList();
    boolean more = asked.before().isPresent() && entries.getFirst().seq() > 1;
    ann.happens(new Input.Net(new SessionEvent.Page(asked.id(), asked.room(), entries, more)));
  }

  private void answersAllQueries() {
    var id = "";
    while (!asked().id().equals(id)) {
      id = asked().id();
      answers();
    }
  }

  private Reading reading() {
    return ann.model().currentRoom().orElseThrow().reading();
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  @Test
  void searchSelectsTheLatestMatchWhileTyping() {
    ann.arrives(
        "r1",
        message(2, "bob", "red apples"),
        message(3, "bob", "green apples"),
        message(4, "bob", "pears"));

    ann.presses("Ctrl-r");
    ann.types("APP");

    assertThat(reading().selected()).hasValue(3);
    assertThat(ann.screen().getLast()).startsWith("/ APP").endsWith("1 of 2 in all 3 entries");
    ann.presses("Ctrl-r");
    assertThat(reading().selected()).hasValue(2);
  }

  @Test
  void enterSelectsTheMatchAndNContinues() {
    ann.arrives("r1", message(2, "bob", "one"), message(3, "bob", "two"), message(4, "bob", "one"));

    ann.presses("Ctrl-r");
    ann.types("one");
    ann.presses("Enter");
    ann.types("n");
    assertThat(reading().selected()).hasValue(2);
    ann.types("N");

    assertThat(reading().selected()).hasValue(4);
    assertThat(ann.model().editor().isEmpty()).isTrue();
  }

  @Test
  void escapeReturnsToThePositionBeforeTheSearch() {
    goesToTheBigRoom();
    ann.presses("PageUp", "PageUp");
    var before = reading();
    var seen = ann.screen();

    ann.presses("Ctrl-r");
    ann.types("number 4950");
    assertThat(reading().selected()).hasValue(4_950);
    ann.presses("Escape");

    assertThat(reading()).isEqualTo(before);
    assertThat(ann.screen()).isEqualTo(seen);
  }

  @Test
  void olderPagesAreSearchedOnlyOnRequest() {
    goesToTheBigRoom();
    ann.presses("Ctrl-r");
    ann.types("needle");
    assertThat(ann.model().notice().lines().getFirst())
        .isEqualTo(
            "There is no older match in the loaded messages, #4901 to #5000. Search again to load"
                + " older ones.");

    ann.presses("Ctrl-r");
    assertThat(ann.model().notice().lines().getFirst()).contains("Searching before #4901");
    answersAllQueries();

    assertThat(reading().selected()).hasValue(4_321);
    assertThat(screen()).contains("▶ the needle");
  }

  @Test
  void aSearchWithoutAMatchReportsTheSearchedRange() {
    goesToTheBigRoom();
    ann.presses("Ctrl-r");
    ann.types("haystack");

    ann.presses("Ctrl-r");
    answersAllQueries();

    assertThat(ann.model().notice().lines().getFirst()).contains("Search again to load older ones");
    assertThat(reading().search())
        .isInstanceOfSatisfying(SearchState.Text.class, it -> assertThat(it.pages()).isZero());
    assertThat(ann.model().currentRoom().orElseThrow().log().before()).isBetween(2_000L, 4_000L);
  }

  @Test
  void theSearchStopsAtTheBeginningOfTheRoom() {
    ann.arrives("r1", message(2, "bob", "one"));

    ann.types("/find two");
    ann.presses("Enter");

    assertThat(ann.model().notice().lines().getFirst()).contains("the beginning of garden");
  }

  @Test
  void aDayIsFoundByBinarySearch() {
    goesToTheBigRoom();

    ann.types("/date 2026-11-01");
    ann.presses("Enter");
    int before = ann.requests().size();
    answersAllQueries();

    var first = LongStream.rangeClosed(1, END).filter(SearchTest::isInNovember).findFirst();
    assertThat(screen()).contains("Sunday, 1 November 2026", "number " + first.orElseThrow());
    assertThat(ann.requests().size() - before).isLessThan(20);
    ann.presses("Alt-e");
    answers();
    assertThat(screen()).contains("number 5000");
  }

  private static boolean isInNovember(long seq) {
    return entry(seq).at().toString().startsWith("2026-11");
  }

  @Test
  void daysAreParsedInSeveralFormats() {
    var saturday = LocalDate.of(2026, 11, 21);

    assertThat(Days.parse("2026-11-03", saturday)).contains(LocalDate.of(2026, 11, 3));
    assertThat(Days.parse("Yesterday", saturday)).contains(LocalDate.of(2026, 11, 20));
    assertThat(Days.parse("saturday", saturday)).contains(LocalDate.of(2026, 11, 14));
    assertThat(Days.parse("3 days ago", saturday)).contains(LocalDate.of(2026, 11, 18));
    assertThat(Days.parse("someday", saturday)).isEmpty();
  }

  @Test
  void anInvalidDayShowsTheUsage() {
    ann.types("/date someday");
    ann.presses("Enter");

    assertThat(ann.model().notice().lines().getFirst()).startsWith("Usage: /date DAY");
    assertThat(ann.model().editor().text()).isEqualTo("/date someday");
  }

  @Test
  void theUnreadLineIsReachedOutsideTheLoadedWindow() {
    ann.isIn("r3", "yard", END, 1_234, 9);
    ann.listed();
    ann.presses("Alt-a");
    answers();

    ann.presses("Alt-u");
    answersAllQueries();

    assertThat(screen()).containsSubsequence("number 1234", "─ unread ─", "number 1235");
  }

  @Test
  void aPageForAnEarlierWindowIsIgnored() {
    goesToTheBigRoom();
    for (int times = 0; times < 10; times++) ann.presses("PageUp");
    var stale = asked();
    assertThat(stale.before()).hasValue(4_901);
    ann.types("/date 2026-11-01");
    ann.presses("Enter");
    answersAllQueries();

    var late = LongStream.range(4_801, 4_901).mapToObj(SearchTest::entry).toList();
    ann.happens(new Input.Net(new SessionEvent.Page(stale.id(), "r3", late, true)));

    var entries = ann.model().currentRoom().orElseThrow().log().entries();
    assertThat(entries.getLast().seq() - entries.getFirst().seq() + 1).isEqualTo(entries.size());
  }

  @Test
  void tabCompletesEmojiNames() {
    ann.types("good :thumbsu");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("good 👍 ");

    ann.types(":tada:");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("good 👍 🎉 ");

    ann.types(":hea");
    ann.presses("Tab");
    assertThat(String.join("\n", ann.screen())).contains("headphones").contains(" of 23");
    assertThat(ann.model().editor().text()).isEqualTo("good 👍 🎉 🎧 ");
  }

  @Test
  void aSelectedMessageIsCopiedAndItsLinkOpened() {
    ann.arrives("r1", message(2, "bob", "see https://kith.example/a?b=c."));

    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("y");
    assertThat(ann.latest(Request.Copy.class).text()).isEqualTo("see https://kith.example/a?b=c.");
    ann.presses("Enter");
    ann.types("l");
    assertThat(ann.latest(Request.Copy.class).text()).isEqualTo("https://kith.example/a?b=c");
    ann.presses("Enter");
    ann.types("o");

    assertThat(ann.latest(Request.OpenLink.class).link()).isEqualTo("https://kith.example/a?b=c");
  }

  @Test
  void theDraftIsEditedInTheExternalEditor() {
    ann.types("helo");

    ann.presses("Ctrl-o");
    assertThat(ann.latest(Request.EditExternally.class).text()).isEqualTo("helo");
    ann.happens(new Input.EditedExternally("hello\nworld"));

    assertThat(ann.model().editor().text()).isEqualTo("hello\nworld");
  }
}
