package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

/// Text of other users cannot control the terminal.
class SanitizerTest {

  @Test
  void noControlCodePointPasses() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      var safe = Sanitizer.line("a" + Character.toString(point) + "b");
      assertThat(safe.codePoints().filter(it -> it < 0x20 || (it >= 0x7F && it < 0xA0)).count())
          .as("code point %x", point)
          .isZero();
    }
  }

  @Test
  void escapeSequencesAreShownAsText() {
    assertThat(Sanitizer.line("\u001b[31mred\u0007")).isEqualTo("^[[31mred^G");
    assertThat(Sanitizer.line("\u009b31m")).isEqualTo("\uFFFD31m");
    assertThat(Sanitizer.line("abc\u202Ecba")).isEqualTo("abc\uFFFDcba");
    assertThat(Sanitizer.line("over\rwritten")).isEqualTo("over^Mwritten");
    assertThat(Sanitizer.line("one\r\ntwo")).isEqualTo("one↵two");
    assertThat(Sanitizer.line("\uD83D")).isEqualTo("\uFFFD");
  }

  @Test
  void jsonHasNoCharacterThatControlsATerminal() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point == 0x200C || point == 0x200D) continue;
      var safe = Sanitizer.json("a" + Character.toString(point) + "b");
      assertThat(safe.codePoints().map(Character::getType))
          .as("code point %x", point)
          .doesNotContain(
              (int) Character.CONTROL,
              (int) Character.FORMAT,
              (int) Character.SURROGATE,
              (int) Character.LINE_SEPARATOR,
              (int) Character.PARAGRAPH_SEPARATOR);
    }
  }

  @Test
  void aJsonReaderGetsTheOriginalText() throws Exception {
    var text = "\u009b31m \u202Egnp\u2028 \uDB40\uDC41 \u007f\u001b 👩‍👩‍👧 grüße \\u0041 \"";
    var json = new ObjectMapper().writeValueAsString(text);

    var safe = Sanitizer.json(json);

    assertThat(safe).contains("\\u009b31m", "\\u202e", "\\udb40\\udc41", "👩‍👩‍👧", "grüße");
    assertThat(new ObjectMapper().readValue(safe, String.class)).isEqualTo(text);
  }

  @Test
  void ordinaryTextIsUnchanged() {
    assertThat(Sanitizer.line("grüße, 日本, 👩‍👩‍👧, e\u0301"))
        .isEqualTo("grüße, 日本, 👩‍👩‍👧, e\u0301");
  }

  @Test
  void aMessageCannotImitateAnotherLine() {
    var shown = new EntryLines(ZoneOffset.UTC).line(said("eve", "hi\n[12:00] #18 bob: I agree"));

    assertThat(shown).contains("[12:00] #17 eve: hi\n    | [12:00] #18 bob: I agree");
  }

  @Test
  void aUserNameCannotImitateAnotherLine() {
    var shown = new EntryLines(ZoneOffset.UTC).line(said("eve\n\u001b[2J", "hi"));

    assertThat(shown).contains("[12:00] #17 eve↵^[[2J: hi");
  }

  private static Entry said(String by, String body) {
    return new Entry.Message(
        17,
        Instant.parse("2026-11-21T12:00:00Z"),
        by,
        "id",
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
