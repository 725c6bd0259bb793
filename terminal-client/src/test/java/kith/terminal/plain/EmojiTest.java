package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @Test
  void aTypedShortcodeBecomesItsEmoji() {
    assertThat(LineParser.read("done :thumbsup:, :no_such:"))
        .isEqualTo(new InputLine.Say("done \uD83D\uDC4D, :no_such:"));
    assertThat(LineParser.read("(:tada:)\n:tada:"))
        .isEqualTo(new InputLine.Say("(\uD83C\uDF89)\n\uD83C\uDF89"));
    assertThat(LineParser.read("/me waves :wave:"))
        .isEqualTo(new InputLine.Act("waves \uD83D\uDC4B"));
  }

  @Test
  void shortcodesMayBeSideBySide() {
    assertThat(LineParser.read(":wave::tada: :tada::no_such:"))
        .isEqualTo(new InputLine.Say("\uD83D\uDC4B\uD83C\uDF89 \uD83C\uDF89:no_such:"));
    assertThat(LineParser.read(":tada:".repeat(2_000)))
        .isEqualTo(new InputLine.Say("\uD83C\uDF89".repeat(2_000)));
  }

  @Test
  void aShortcodeAfterABackslashStays() {
    assertThat(LineParser.read("write \\:tada: for a party"))
        .isEqualTo(new InputLine.Say("write :tada: for a party"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at 10:30:45",
        "no :such_emoji: here",
        "`:tada:` and ``a ` :tada:``",
        "```\nx = :tada:\n```",
        "a:tada:b",
        "std::tada::x",
        "::tada::",
        "C:\\tada",
        "\\:nothing:",
        "a colon: and another:"
      })
  void otherColonsAndCodeStay(String text) {
    assertThat(LineParser.read(text)).isEqualTo(new InputLine.Say(text));
  }
}
