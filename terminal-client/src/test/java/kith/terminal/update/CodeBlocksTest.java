package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.protocol.frame.Entry;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Code blocks on the screen and in the clipboard.
class CodeBlocksTest {
  private static final String ONE = "try\n```sh\nls -l\n```";
  private static final String TWO = "```\nfirst\n```\nor\n```\nsecond\n```";

  private static String copied(Story ann) {
    return ann.latest(Request.Copy.class).text();
  }

  private static void command(Story ann, String line) {
    ann.types(line);
    ann.presses("Enter");
  }

  @Test
  void aKeyCopiesTheCodeOfTheSelectedMessage() {
    var ann = Story.atHome(80, 20);
    ann.arrives("r1", message(2, "bob", ONE));

    ann.presses("Alt-ArrowUp", "Enter");
    assertThat(ann.screen().getLast()).contains("c copy code");
    ann.types("c");

    assertThat(copied(ann)).isEqualTo("ls -l");
  }

  @Test
  void aMessageWithSeveralBlocksAsksWhichOne() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", TWO));

    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("c");
    assertThat(ann.screen()).contains("  1  first", "  2  second", "> /code 2");
    ann.types("1");
    ann.presses("Enter");

    assertThat(copied(ann)).isEqualTo("first");
  }

  @Test
  void theCommandTakesTheLatestBlockOrTheOneThatIsNamed() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", TWO), message(3, "bob", ONE), message(4, "bob", "hi"));

    command(ann, "/code");
    assertThat(copied(ann)).isEqualTo("ls -l");
    command(ann, "/code 2");
    assertThat(copied(ann)).isEqualTo("second");
    command(ann, "/code 2 1");
    assertThat(copied(ann)).isEqualTo("first");
  }

  @Test
  void blocksThatDoNotExistAreNotCopied() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", TWO), message(3, "bob", "hi"));
    ann.arrives("r1", new Entry.Redacted(4, Story.noon(), "bob", "e4", 2, Optional.empty()));

    for (var line : new String[] {"/code", "/code 2", "/code 3", "/code 3 1", "/code 99"}) {
      command(ann, line);
      assertThat(ann.screen()).as(line).contains("There is no such code block.");
      ann.presses("Escape");
    }
    command(ann, "/code x");
    assertThat(String.join("\n", ann.screen())).contains("Usage: /code [MESSAGE] [NUMBER]");
    assertThat(ann.requests()).noneMatch(Request.Copy.class::isInstance);
  }

  @Test
  void aSelectedMessageIsShownAsAWhole() {
    var ann = Story.atHome(60, 20);
    var line =
        IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    ann.arrives(
        "r1", message(2, "bob", "```\n" + line.repeat(2) + "\n```"), message(3, "bob", "ok"));
    assertThat(String.join("\n", ann.screen())).contains("… │").doesNotContain("19 20 │");

    ann.presses("Alt-ArrowUp", "Alt-ArrowUp");
    assertThat(String.join("\n", ann.screen())).contains("┊").doesNotContain("… │");

    ann.presses("Escape");
    assertThat(String.join("\n", ann.screen())).contains("… │").doesNotContain("┊");
  }

  /// Neither its beginning nor its end is outside of the screen if it fits.
  @Test
  void selectingAMessageScrollsToAllOfIt() {
    var ann = Story.atHome(60, 20);
    var lines =
        IntStream.rangeClosed(1, 12).mapToObj(it -> "line " + it).collect(Collectors.joining("\n"));
    for (int seq = 2; seq < 12; seq++) ann.arrives("r1", message(seq, "bob", lines));

    for (int seq = 11; seq > 4; seq--) {
      ann.presses("Alt-ArrowUp");
      var screen = ann.screen();
      int first =
          IntStream.range(0, 20).filter(it -> screen.get(it).contains("▶ ")).findFirst().orElse(-1);
      assertThat(first).as("message " + seq).isPositive();
      assertThat(screen.get(first)).endsWith("line 1");
      assertThat(screen.get(first + 11)).as("message " + seq).endsWith("line 12");
    }
  }

  @Test
  void aMessageHigherThanTheScreenIsShownFromItsBeginning() {
    var ann = Story.atHome(60, 20);
    var lines =
        IntStream.rangeClosed(1, 50).mapToObj(it -> "line " + it).collect(Collectors.joining("\n"));
    ann.arrives("r1", message(2, "bob", lines), message(3, "bob", "ok"));

    ann.presses("Alt-ArrowUp", "Alt-ArrowUp");

    assertThat(ann.screen().get(2)).endsWith("▶ line 1");
  }
}
