package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.SGR;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Overlay;
import kith.terminal.model.SpelledWord;
import kith.terminal.model.Spelling;
import kith.terminal.model.Spelling.Verdict;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spell checking of the draft, with the answers of a spell checker that knows little.
class SpellCheckTest {
  private final Story ann = Story.atHome(80, 24);

  private List<String> asked() {
    var words = new ArrayList<String>();
    for (var request : ann.requests())
      if (request instanceof Request.CheckSpelling(var more)) words.addAll(more);
    return words;
  }

  private void answers(String wrong, String... suggestions) {
    ann.happens(new Input.Spelled(Map.of(wrong, new Verdict(false, List.of(suggestions)))));
  }

  /// The underlined letters of the editor's first row.
  private String underlined() {
    var canvas = Screen.draw(ann.model());
    var row = ann.model().size().rows() - 1;
    var letters = new StringBuilder();
    for (int column = 0; column < ann.model().size().columns(); column++) {
      var cell = canvas.at(column, row);
      if (cell.style().weights().contains(SGR.UNDERLINE)) letters.append(cell.grapheme());
    }
    return letters.toString();
  }

  @Test
  void aWordIsCheckedOnceWhenItIsTyped() {
    ann.types("a wrod");
    assertThat(asked()).isEmpty();
    ann.types(" and a wrod ");

    assertThat(asked()).containsExactly("wrod", "and");
  }

  @Test
  void aWrongWordIsUnderlinedExceptAtTheCursor() {
    ann.types("eine wröd ");
    assertThat(underlined()).isEmpty();
    answers("wröd", "word");

    assertThat(underlined()).isEqualTo("wröd");
    ann.presses("ArrowLeft");
    assertThat(underlined()).isEmpty();
  }

  @Test
  void aSuggestionReplacesTheWrongWord() {
    ann.types("see the wrod here");
    answers("wrod", "word", "rod");

    ann.presses("Alt-;");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Completions.class);
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("see the word here");
    ann.presses("Tab", "Escape");
    assertThat(ann.model().editor().text()).isEqualTo("see the rod here");
  }

  @Test
  void theKeyReportsAMissingSuggestion() {
    ann.presses("Alt-;");
    assertThat(ann.model().notice().lines()).first().asString().contains("no spell checker");

    ann.types("qqxz is ");
    answers("qqxz");
    ann.presses("Alt-;");
    assertThat(ann.model().notice().lines()).first().asString().contains("No suggestion for qqxz");
    ann.presses("Ctrl-u", "Alt-;");
    assertThat(ann.model().notice().lines()).first().asString().contains("No word is spelled");
  }

  @Test
  void aLearnedWordIsCheckedAgain() {
    ann.types("qqxz is ");
    answers("qqxz");
    ann.presses("Ctrl-u");
    ann.types("/learn qqxz");
    ann.presses("Enter");
    assertThat(ann.latest(Request.LearnWord.class).word()).isEqualTo("qqxz");

    ann.happens(new Input.Learned("qqxz"));
    ann.happens(new Input.Spelled(Map.of("qqxz", new Verdict(true, List.of()))));
    ann.types("qqxz is ");
    assertThat(underlined()).isEmpty();

    ann.presses("Ctrl-u");
    ann.types("/learn two words");
    ann.presses("Enter");
    assertThat(ann.model().notice().lines()).first().asString().startsWith("Usage: /learn");
  }

  @Test
  void namesOfMembersAndRoomsAreRight() {
    ann.happens(
        new Input.Members(
            "r1", List.of(new Member("zaphod", Role.MEMBER, Story.noon(), Optional.empty()))));

    ann.types("Zaphod is in the Lobby now ");

    assertThat(asked()).containsExactly("is", "in", "the", "now");
  }

  @Test
  void nothingIsCheckedWhileSpellingIsOff(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("client.conf"), "spelling = off");
    var bob = Story.atHome(80, 24, ClientConf.read(file, Optional.empty()));

    bob.types("some words here ");

    assertThat(bob.requests()).noneMatch(Request.CheckSpelling.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello, world! | hello world",
        "don't and l’amour | don't and l’amour",
        "well-known | well known",
        "@zaphod #lobby :smile: /etc/passwd | ''",
        "see https://example.org/path or example.org | see or",
        "run `git comit` and | run and",
        "v2 mp3 snake_case a=b 100km | ''",
        "日本語 and ไทย | and",
        "/topic wrod | ''",
        "//slash wrod | wrod",
        "a I | ''",
      })
  void onlyWordsAreChecked(String draft, String words) {
    assertThat(String.join(" ", SpelledWord.of(draft).stream().map(SpelledWord::text).toList()))
        .isEqualTo(words);
  }

  @Test
  void aWordHasItsPositionInTheText() {
    assertThat(SpelledWord.of("a `x y` wrod\nand"))
        .containsExactly(new SpelledWord(8, "wrod"), new SpelledWord(13, "and"));
    assertThat(SpelledWord.of("word ".repeat(2_000))).as("a text that is too long").isEmpty();
  }

  @Test
  void rememberedWordsAreBounded() {
    var spelling = Spelling.NONE;
    for (int index = 0; index < 50; index++) {
      int from = index * 100;
      spelling =
          spelling.asking(IntStream.range(from, from + 100).mapToObj(it -> "word" + it).toList());
    }

    assertThat(spelling.verdicts()).hasSizeLessThanOrEqualTo(1_000);
    assertThat(spelling.knows("word4999")).isTrue();
  }
}
