package kith.terminal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.terminal.layout.Row.Span;
import kith.terminal.model.SearchState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows of a message's text.
class MarkupTest {
  private static final TextOptions CUT = new TextOptions(Set.of(), true, false);
  private static final TextOptions WHOLE = new TextOptions(Set.of(), true, true);
  private static final TextOptions NO_LINKS = new TextOptions(Set.of(), false, false);

  private static List<String> text(List<Row> rows) {
    return rows.stream()
        .map(row -> row.spans().stream().map(Span::text).collect(Collectors.joining()))
        .map(String::stripTrailing)
        .toList();
  }

  private static List<String> rows(String body, TextOptions options, int columns) {
    return text(Markup.rows(body, options, "", columns));
  }

  /// The words of the same style are joined.
  private static List<Span> spans(String body, TextOptions options) {
    var spans = new ArrayList<Span>();
    for (var row : Markup.rows(body, options, "", 80)) {
      for (var span : row.spans()) {
        if (!spans.isEmpty() && spans.getLast().withText("").equals(span.withText("")))
          spans.add(span.withText(spans.removeLast().text() + span.text()));
        else spans.add(span);
      }
    }
    return spans;
  }

  private static Span spanOf(List<Span> spans, String text) {
    return spans.stream().filter(span -> span.text().equals(text)).findFirst().orElseThrow();
  }

  @Test
  void aTerminalThatStrikesTextThroughShowsNoMarks() {
    var striking = new TextOptions(Set.of(), true, true, false);

    assertThat(spanOf(spans("~~gone~~ here", striking), "gone").tone()).isEqualTo(Tone.STRUCK);
    assertThat(rows("~~gone~~ here", CUT, 40)).containsExactly("~gone~ here");
  }

  // code

  @Test
  void aCodeBlockIsFramedAsWideAsItsCode() {
    assertThat(rows("see\n```java\nint x = 1;\n\n  y();\n```\nok", CUT, 40))
        .containsExactly(
            "see",
            "┌ java ──────┐",
            "│ int x = 1; │",
            "│            │",
            "│   y();     │",
            "└────────────┘",
            "ok");
  }

  @Test
  void aLongLineOfCodeIsCutWithAMarkUntilTheMessageIsSelected() {
    var body = "```\none two three four five\n```";

    assertThat(rows(body, CUT, 16))
        .containsExactly("┌──────────────┐", "│ one two thr… │", "└──────────────┘");
    assertThat(rows(body, WHOLE, 16))
        .containsExactly(
            "┌──────────────┐", "│ one two thre │", "┊ e four five  │", "└──────────────┘");
  }

  @Test
  void aBlockEndsWithTheMessageOrAtAFenceOfItsKind() {
    assertThat(rows("```\na\n~~~\nb", CUT, 40))
        .containsSubsequence("│ a   │", "│ ~~~ │", "│ b   │");
    assertThat(rows("~~~~\n~~~\n~~~~\nafter", CUT, 40)).contains("│ ~~~ │").endsWith("after");
    assertThat(rows("an ```inline``` block", CUT, 40)).containsExactly("an inline block");
  }

  @Test
  void textBesideTheFencesIsCode() {
    assertThat(Markup.code("```cd /tmp\nls```")).containsExactly("cd /tmp\nls");
    assertThat(Markup.code("```sh\nls```")).containsExactly("ls");
  }

  @Test
  void copiedCodeHasItsTabsAndNoControlCharacters() {
    assertThat(Markup.code("a\n```make\nall:\n\tcc \u001b[2J x\n```\n> ```\n> quoted\n> ```"))
        .containsExactly("all:\n\tcc ^[[2J x", "quoted");
    assertThat(Markup.code("no `code` block")).isEmpty();
  }

  @Test
  void keywordsStringsAndCommentsOfKnownLanguagesAreColoured() {
    var java = spans("```java\nvar s = \"a \\\" // b\"; // why\n```", CUT);

    assertThat(spanOf(java, "var").tone()).isEqualTo(Tone.KEYWORD);
    assertThat(spanOf(java, "\"a \\\" // b\"").tone()).isEqualTo(Tone.STRING);
    assertThat(spanOf(java, "// why").tone()).isEqualTo(Tone.COMMENT);

    var sql = spans("```sql\nSELECT 1 -- all\n```", CUT);
    assertThat(spanOf(sql, "SELECT").tone()).isEqualTo(Tone.KEYWORD);
    assertThat(spanOf(sql, "-- all").tone()).isEqualTo(Tone.COMMENT);

    var shell = spans("```sh\necho $# # done\n```", CUT);
    assertThat(spanOf(shell, "# done").tone()).isEqualTo(Tone.COMMENT);

    var diff = spans("```diff\n+new\n-old\n```", CUT);
    assertThat(spanOf(diff, "+new").tone()).isEqualTo(Tone.GOOD);
    assertThat(spanOf(diff, "-old").tone()).isEqualTo(Tone.ERROR);

    assertThat(spans("```\nvar s = \"x\"\n```", CUT)).noneMatch(it -> it.tone() == Tone.KEYWORD);
  }

  @Test
  void commentsAndStringsReachOverLines() {
    var c = spans("```c\n/* if\nelse */ if\n```", CUT);
    assertThat(spanOf(c, "else */").tone()).isEqualTo(Tone.COMMENT);
    assertThat(spanOf(c, "if").tone()).isEqualTo(Tone.KEYWORD);

    var python = spans("```python\nx = \"\"\"\nif\n\"\"\"\n```", CUT);
    assertThat(spanOf(python, "if").tone()).isEqualTo(Tone.STRING);
  }

  // lines

  @Test
  void listsHaveHangingIndents() {
    assertThat(
            rows(
                "- one two three\n  - four five six\n10. seven eight\n- [x] done\n- [ ] open",
                CUT,
                12))
        .containsExactly(
            "• one two",
            "  three",
            "  • four",
            "    five six",
            "10. seven",
            "    eight",
            "☑ done",
            "☐ open");
  }

  @Test
  void aSingleLineWithADashIsNotAList() {
    assertThat(rows("- 5 degrees", CUT, 40)).containsExactly("- 5 degrees");
  }

  @Test
  void quotesHaveABarAndMayContainEverything() {
    assertThat(rows("> one two three\n>> deeper\n> - item\nanswer", CUT, 14))
        .containsExactly("▎ one two", "▎ three", "▎ ▎ deeper", "▎ • item", "answer");
    assertThat(rows(">:( no\n>_< no", CUT, 40)).containsExactly(">:( no", ">_< no");
  }

  @Test
  void headingsAndStruckTextHaveTheirOwnTones() {
    var spans = spans("## Plan\n~~old~~ #garden", CUT);

    assertThat(spanOf(spans, "Plan").tone()).isEqualTo(Tone.HEADING);
    // a terminal that cannot strike shows the marks at least
    assertThat(spanOf(spans, "~old~").tone()).isEqualTo(Tone.STRUCK);
    assertThat(spanOf(spans, " #garden").tone()).isEqualTo(Tone.PLAIN);
  }

  // tables

  private static final String TABLE =
      "| node | load |\n|:--|--:|\n| one | 0.5 |\n| two a\\|b | 12 |";

  @Test
  void tablesAreAligned() {
    assertThat(rows(TABLE, CUT, 40))
        .containsExactly("node    │ load", "────────┼─────", "one     │  0.5", "two a|b │   12");
  }

  @Test
  void theWidestColumnOfATableIsCutAndShownWhenSelected() {
    var table = "| a | b |\n|---|---|\n| one two three four | x |";

    assertThat(rows(table, CUT, 13)).endsWith("one two … │ x");
    assertThat(rows(table, WHOLE, 13)).endsWith("one two   │ x", "three     │", "four      │");
  }

  @Test
  void aTableWithoutSpaceStaysAsTyped() {
    assertThat(rows("|a|b|c|d|\n|-|-|-|-|\n|1|2|3|4|", CUT, 12))
        .containsExactly("|a|b|c|d|", "|-|-|-|-|", "|1|2|3|4|");
    assertThat(rows("a | b\nno table", CUT, 40)).containsExactly("a | b", "no table");
  }

  // links

  @Test
  void aNamedLinkShowsItsTextAndHasTheAddress() {
    var body = "[the plan](https://kith.example/p_(1)?a=b)!";

    assertThat(rows(body, CUT, 80)).containsExactly("the plan!");
    assertThat(spanOf(spans(body, CUT), "the plan").link())
        .isEqualTo("https://kith.example/p_(1)?a=b");
    assertThat(Markup.link(body)).contains("https://kith.example/p_(1)?a=b");
  }

  @Test
  void theAddressIsShownInASelectedMessageAndWhereNoLinkCanBeClicked() {
    var body = "[plan](https://kith.example/p)";

    assertThat(rows(body, WHOLE, 80)).containsExactly("plan (https://kith.example/p)");
    assertThat(rows(body, NO_LINKS, 80)).containsExactly("plan (https://kith.example/p)");
  }

  @Test
  void aTextThatLooksLikeAnotherAddressNeverHidesTheAddress() {
    assertThat(rows("[bank.example](https://evil.example/)", CUT, 80))
        .containsExactly("bank.example (https://evil.example/)");
    assertThat(rows("[https://bank.example](https://evil.example)", CUT, 80))
        .containsExactly("https://bank.example (https://evil.example)");
    // Cyrillic а
    assertThat(rows("[bank](https://b\u0430nk.example/x)", CUT, 80))
        .containsExactly("bank (https://xn--bnk-6cd.example/x)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "file:///etc/passwd", "x y", "kith://room"})
  void otherAddressesStayAsTyped(String address) {
    var body = "[here](" + address + ")";

    assertThat(rows(body, CUT, 80)).containsExactly(body);
    assertThat(spans(body, CUT)).allMatch(span -> span.link().isEmpty());
  }

  // all

  @Test
  void aWordOfSeveralStylesIsNotBroken() {
    assertThat(rows("one **two**, [three](https://a.b/c)!", CUT, 9))
        .containsExactly("one two,", "three!");
    assertThat(rows("**abcdefgh**ijkl", CUT, 10)).containsExactly("abcdefghij", "kl");
  }

  @Test
  void matchesOfASearchAreMarkedAcrossColours() {
    var search = new SearchState.Text("t x =", 1, false);
    var rows = Markup.rows("```java\nint x = 1;\n```", CUT, "", 40, search);

    var found =
        rows.stream()
            .flatMap(row -> row.spans().stream())
            .filter(span -> span.tone() == Tone.FOUND)
            .map(Span::text)
            .collect(Collectors.joining());
    assertThat(found).isEqualTo("t x =");
  }

  @Test
  void theMarkOfAnEditStandsAfterTheText() {
    assertThat(text(Markup.rows("hi", CUT, "(edited)", 40))).containsExactly("hi (edited)");
    assertThat(text(Markup.rows("```\nx\n```", CUT, "(edited)", 40))).endsWith("(edited)");
  }

  /// Text of others is hostile: nothing ends the client, reaches the terminal or leaves its place.
  @Test
  void noTextBreaksTheRows() {
    var pieces =
        List.of(
            "```",
            "~~~",
            "`",
            "**",
            "~~",
            "_",
            "> ",
            "- ",
            "1. ",
            "| ",
            "|-|-|",
            "|---",
            "\n",
            "\n",
            "[a](https://b.c/d)",
            "[",
            "](",
            "https://",
            "(",
            ")",
            "\t",
            "\u001b[2J",
            "\u009b",
            "🇳🇴",
            "日本",
            "e\u0301",
            "\u202e",
            "ann: ",
            "# ",
            "java",
            "\"",
            "'",
            "/*",
            "*/",
            "\\",
            " ",
            "x");
    var random = new Random(39);
    for (int round = 0; round < 3_000; round++) {
      var body =
          IntStream.range(0, random.nextInt(40))
              .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
              .collect(Collectors.joining());
      int columns = random.nextInt(2, 60);
      var options = new TextOptions(Set.of("@ann"), random.nextBoolean(), random.nextBoolean());
      for (var row : Markup.rows(body, options, "", columns)) {
        assertThat(Row.columns(row.spans())).as(body).isLessThanOrEqualTo(columns);
        for (var span : row.spans())
          assertThat(span.text().codePoints()).as(body).noneMatch(Character::isISOControl);
      }
    }
  }

  /// Each took a stack or minutes with the expressions that come to mind first.
  @Test
  void noTextOverflowsTheStackOrTakesLong() {
    for (var piece :
        List.of("`", "``a", "**a", "~~a", "[", "[a](https://", "()", "> ", "| ", "_a", "- ", ">")) {
      var body = piece.repeat(16_000 / piece.length());
      assertThat(Markup.rows(body, CUT, "", 60)).as(piece).isNotEmpty();
      assertThat(Markup.rows("[a](https://b.c/" + body + ")", CUT, "", 60)).isNotEmpty();
    }
  }

  @Test
  void theRowsOfATextAreKeptWithinLimits() {
    var cache = new RowCache();
    var row = List.of(Row.of("x", Tone.PLAIN));
    var first = new RowCache.Key("first", CUT, "", 40);

    assertThat(cache.rows(first, () -> row)).isSameAs(row);
    assertThat(cache.rows(first, () -> List.of())).as("kept").isSameAs(row);
    for (int index = 0; index < RowCache.MAX_TEXTS; index++) {
      cache.rows(new RowCache.Key("text " + index, CUT, "", 40), () -> row);
    }
    assertThat(cache.rows(first, List::of)).as("the oldest is gone").isEmpty();
    assertThat(cache.size()).isEqualTo(RowCache.MAX_TEXTS);

    var large = "x".repeat(RowCache.MAX_CHARS / 2);
    for (int columns = 10; columns < 20; columns++) {
      cache.rows(new RowCache.Key(large, CUT, "", columns), () -> row);
    }
    assertThat(cache.size()).isEqualTo(2);
  }
}
