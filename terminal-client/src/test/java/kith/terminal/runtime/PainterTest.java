package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.DefaultKeyDecodingProfile;
import com.googlecode.lanterna.input.InputDecoder;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kith.terminal.layout.Graphemes;
import kith.terminal.update.Input;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The bytes written to and read from the terminal.
class PainterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private final class Wire extends ANSITerminal {
    Wire() {
      super(new ByteArrayInputStream(new byte[0]), bytes, StandardCharsets.UTF_8);
    }

    @Override
    protected TerminalSize findTerminalSize() {
      return new TerminalSize(60, 16);
    }

    @Override
    public void putString(String string) throws IOException {
      writeToTerminal(Tty.bytes(string));
    }
  }

  @Test
  void emojiAreWrittenAsWholeGraphemes() throws IOException {
    var ann = Story.atHome(60, 16);
    ann.arrives("r1", Story.message(2, "bob", "family 👩‍👩‍👧 flag 🇳🇴 heart ❤️ 😀"));

    new Painter(new Wire(), false).paint(Screen.draw(ann.model()));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("👩‍👩‍👧", "🇳🇴", "❤️", "😀")
        .doesNotContain("??");
  }

  @Test
  void everyRowOfAWrappedLinkPointsToTheWholeUrl() throws IOException {
    var ann = Story.atHome(60, 16);
    var link = "https://kith.example/a/long/way/that/does/not/fit/into/one/row?b=c";
    ann.arrives("r1", Story.message(2, "bob", "see " + link + " now"));

    new Painter(new Wire(), true).paint(Screen.draw(ann.model()));

    var written = bytes.toString(StandardCharsets.UTF_8);
    var begin = Hyperlinks.sequence(link);
    assertThat(begin).contains(link);
    assertThat(written.split(Pattern.quote(begin), -1)).hasSizeGreaterThan(2);
    assertThat(written.split(Pattern.quote(Hyperlinks.sequence("")), -1)).hasSizeGreaterThan(2);
    assertThat(written.lastIndexOf(begin)).isLessThan(written.lastIndexOf(Hyperlinks.sequence("")));
  }

  @Test
  void unknownTerminalsGetNoHyperlinks() {
    assertThat(Hyperlinks.areSupported(Map.of("TERM", "xterm-256color"))).isFalse();
    assertThat(Hyperlinks.areSupported(Map.of("TERM", "xterm-kitty"))).isTrue();
    assertThat(Hyperlinks.areSupported(Map.of("TERM", "xterm-256color", "VTE_VERSION", "7402")))
        .isTrue();
    assertThat(Hyperlinks.areSupported(Map.of("TMUX", "x", "TERM_PROGRAM_VERSION", "3.3a")))
        .isFalse();
    assertThat(Hyperlinks.areSupported(Map.of("TMUX", "x", "TERM_PROGRAM_VERSION", "3.5")))
        .isTrue();
  }

  @Test
  void onlyChangedCellsAreWritten() throws IOException {
    var ann = Story.atHome(60, 16);
    ann.arrives("r1", Story.message(2, "bob", "hello"));
    var painter = new Painter(new Wire(), false);
    painter.paint(Screen.draw(ann.model()));
    bytes.reset();

    ann.types("x");
    painter.paint(Screen.draw(ann.model()));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("x").doesNotContain("hello");
    assertThat(bytes.size()).isLessThan(60);
  }

  /// A terminal that gives each code point its own columns, as tmux does up to 3.5.
  private String rowOfPlainTerminal(int row) {
    var rows = new String[16][60];
    for (var cells : rows) Arrays.fill(cells, " ");
    int x = 0;
    int y = 0;
    var written = Pattern.compile("\u001b\\[([\\d;?]*)([A-Za-z])|.", Pattern.DOTALL);
    var all = written.matcher(bytes.toString(StandardCharsets.UTF_8));
    while (all.find()) {
      if ("H".equals(all.group(2))) {
        var place = all.group(1).split(";", -1);
        y = Integer.parseInt(place[0]) - 1;
        x = Integer.parseInt(place[1]) - 1;
      } else if (all.group(2) == null) {
        int width = Graphemes.width(all.group());
        if (width == 0) continue;
        rows[y][x] = all.group();
        if (width == 2) rows[y][x + 1] = "";
        x += width;
      }
    }
    return String.join("", rows[row]).stripTrailing();
  }

  @Test
  void partsOfAnEmojiDoNotStayOnTheScreen() throws IOException {
    var ann = Story.atHome(60, 16);
    var painter = new Painter(new Wire(), false);
    painter.paint(Screen.draw(ann.model()));

    ann.types("family ");
    painter.paint(Screen.draw(ann.model()));
    ann.happens(new Input.Pasted("👩‍👩‍👧"));
    painter.paint(Screen.draw(ann.model()));
    assertThat(rowOfPlainTerminal(15)).isEqualTo("> family 👩");
    ann.presses("Ctrl-u");
    painter.paint(Screen.draw(ann.model()));

    assertThat(rowOfPlainTerminal(15)).isEqualTo(">");
  }

  private final List<String> answers = new ArrayList<>();

  private List<Input> typed(String keys) throws IOException {
    var decoder = new InputDecoder(new StringReader(keys));
    decoder.addProfile(new DefaultKeyDecodingProfile());
    decoder.addProfile(Tty::patterns);
    var reader = new KeyReader(answers::add);
    var inputs = new ArrayList<Input>();
    while (true) {
      var input = reader.read(decoder.getNextCharacter(true));
      if (input.isPresent() && input.get() instanceof Input.Hangup) return inputs;
      input.ifPresent(inputs::add);
    }
  }

  @Test
  void keySequencesBecomeNamedKeys() throws IOException {
    assertThat(typed("a\u001ba\u000b\r\n\u001b[5~\u001bOP\u001b[1;3A\u001b\r\u007f\u0003"))
        .containsExactly(
            new Input.Typed("a"),
            new Input.Key("Alt-a"),
            new Input.Key("Ctrl-k"),
            new Input.Key("Enter"),
            new Input.Key("Ctrl-j"),
            new Input.Key("PageUp"),
            new Input.Key("F1"),
            new Input.Key("Alt-ArrowUp"),
            new Input.Key("Alt-Enter"),
            new Input.Key("Backspace"),
            new Input.Key("Ctrl-c"));
  }

  @Test
  void mouseReportsBecomeClicksAndWheelInputs() throws IOException {
    assertThat(
            typed(
                "\u001b[<0;300;7M\u001b[<0;300;7m\u001b[<64;1;1M\u001b[<65;1;1M\u001b[<2;5;5M"
                    + "\u001b[<66;1;1M\u001b[<32;4;4Mx"))
        .filteredOn(input -> !input.equals(new Input.Key("Unknown")))
        .containsExactly(
            new Input.Clicked(299, 6),
            new Input.Wheeled(true, 0, 0),
            new Input.Wheeled(false, 0, 0),
            new Input.Typed("x"));
  }

  @Test
  void anEmojiAndAPasteAreOneInputEach() throws IOException {
    assertThat(typed("😀\u001b[200~two\rlines 😀\u001b[201~b"))
        .containsExactly(
            new Input.Typed("😀"), new Input.Pasted("two\nlines 😀"), new Input.Typed("b"));
  }

  @Test
  void answersOfTheTerminalAreNotKeys() throws IOException {
    assertThat(
            typed(
                "a\u001b_Gi=31;OK\u001b\\\u001bP>|WezTerm 2024\u001b\\\u001b[6;20;10t"
                    + "\u001b[?62;4;22cb\u001b[A\u001bp"))
        .containsExactly(
            new Input.Typed("a"),
            new Input.Typed("b"),
            new Input.Key("ArrowUp"),
            new Input.Key("Alt-p"));
    assertThat(answers)
        .containsExactly("_Gi=31;OK\u001b\\", "P>|WezTerm 2024\u001b\\", "[6;20;10t", "[?62;4;22c");
  }

  @Test
  void aPastedTextAnswersNothing() throws IOException {
    assertThat(typed("\u001b[200~x\u001b[?4c\u001b[201~")).containsExactly(new Input.Pasted("x"));
    assertThat(answers).isEmpty();
  }
}
