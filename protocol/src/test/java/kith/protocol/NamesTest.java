package kith.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that people can see and tell apart.
class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lobby",
        "Ann O'Neil",
        "grüße",
        "e\u0301va",
        "Москва",
        "Team Москва",
        "IT-отдел",
        "λ-calculus",
        "日本語とEnglish",
        "한국 KBS방송",
        "مرحبا",
        "می\u200Cخواهم",
        "क्\u200Dष",
        "葛\uDB40\uDD00城",
        "ไทยwiki",
        "10µm",
        "🎉",
        "👩‍👩‍👧 family",
        "❤\uFE0F",
        "🏳\uFE0F‍🌈",
        "👍🏽",
        "1\uFE0F\u20E3 first",
        "don’t – stop…",
        "x²",
      })
  void ordinaryNamesAreReadable(String name) {
    assertThat(Names.isReadable(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u2800",
        "\u3164",
        "\u0301",
        "\u200D",
        "\uFE0F",
        "lobby\u2800",
        "lobby\u200B",
        "lobby\u200D",
        "lob\u200Dby",
        "lob\u200Cby",
        "lobby\uFE0F",
        "room1\uFE0F",
        "soft\u00ADhyphen",
        "abc\u202Egnp.exe",
        "\u2066ann\u2069",
        "ann\u200F",
        "ann\u061C",
        "ann\uDB40\uDC41",
        "ann\u001b[2J",
        "two\nlines",
        "ann\uE000",
        "🎉\u200D",
        "می\u200C",
      })
  void namesWithInvisibleCharactersAreNotReadable(String name) {
    assertThat(Names.isReadable(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u0430ypal", // Cyrillic a
        "\u0410dmin", // Cyrillic A
        "Team \u0410dmin",
        "\u0391nn", // Greek alpha
        "m\u03BFd", // Greek omicron
        "\u13A0ave", // Cherokee
        "h\u0585me", // Armenian
        "\u043E\u03BF", // Cyrillic and Greek
        "\u0430нна\u30CE", // Cyrillic and Katakana
      })
  void aWordThatMixesSimilarScriptsIsNotReadable(String name) {
    assertThat(Names.isReadable(name)).isFalse();
    assertThat(Names.mixesScripts(name)).isTrue();
  }

  @Test
  void scriptsMixedAcrossTheWordsOfATextAreDetected() {
    assertThat(Names.mixesScripts("ann-иван")).isTrue();
    assertThat(Names.mixesScripts("иван-42")).isFalse();
    assertThat(Names.mixesScripts("李雷abc")).isFalse();
  }
}
