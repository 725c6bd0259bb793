package kith.node.feature.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import kith.node.feature.search.TextUnits.Unit;
import kith.node.platform.config.Portions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextUnitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello, World! | hello world",
        "don't wi-fi snake_case 3.14 | don t wi fi snake case 3 14",
        "Café naïve Ångström | cafe naive angstrom",
        "Straße STRASSE | strasse strasse",
        "ΣΊΣΥΦΟΣ σίσυφος | σισυφοσ σισυφοσ",
        "Мой ёлка ЁЛКА её | мой елка елка ее",
        "İstanbul ısı | istanbul isi",
        "ﬁne Ｗｉｄｅ x² | fine wide x2",
        "हिन्दी | हिन्दी",
        "日本語 テスト | 日 本 語 テ ス ト",
        "Java入門 | java 入 門",
        "한국어 | 한 국 어",
        "がか | が か",
        "ーメン | ー メ ン",
        "tea 🎉🎉 ok | tea 🎉 🎉 ok",
        "❤️ | ❤",
        "… -- !? | ''",
      })
  void aTextHasTheseUnits(String text, String units) {
    assertThat(String.join(" ", texts(text))).isEqualTo(units);
  }

  @Test
  void differentSpellingsOfOneTextHaveTheSameUnits() {
    assertThat(texts("Cafe\u0301")).isEqualTo(texts("Café"));
    assertThat(texts("\u1112\u1161\u11ab\u1100\u116e\u11a8")).isEqualTo(texts("한국"));
    assertThat(texts("か\u3099")).isEqualTo(texts("が"));
    assertThat(texts("ﾃｽﾄ")).isEqualTo(texts("テスト"));
  }

  @Test
  void noUnitDependsOnTheLocaleOfTheNode() {
    var usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(texts("INBOX Title")).containsExactly("inbox", "title");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void aUnitHasItsPositionInTheText() {
    assertThat(TextUnits.of("a Cafe\u0301, 日本"))
        .containsExactly(
            new Unit("a", false, 0, 1, false),
            new Unit("cafe", false, 2, 7, false),
            new Unit("日", true, 9, 10, false),
            new Unit("本", true, 10, 11, true));
  }

  @Test
  void aLongWordIsNotCutInsideASurrogatePair() {
    var unit = TextUnits.of("𝒳".repeat(10) + "x".repeat(500)).getFirst();

    assertThat(unit.text()).isEqualTo("x".repeat(Portions.SEARCHED_WORD));
    assertThat(unit.end()).isEqualTo(520);
  }

  private static List<String> texts(String text) {
    return TextUnits.of(text).stream().map(Unit::text).toList();
  }
}
