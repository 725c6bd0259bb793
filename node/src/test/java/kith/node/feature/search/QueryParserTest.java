package kith.node.feature.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import kith.node.platform.config.Portions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "garden ¦ 'garden':*",
        "garden party ¦ 'garden' & 'party':*",
        "gard* party ¦ 'gard':* & 'party':*",
        "\"garden party\" ¦ 'garden' & 'party'",
        "\"garden party\" tea ¦ 'garden' & 'party' & 'tea':*",
        "tea \"garden ¦ A quotation mark is not closed.",
        "a ¦ 'a'",
        "x* ¦ At least 2 letters are needed before '*'.",
        "wi-fi ¦ 'wi' & 'fi':*",
        "don't ¦ 'don' & 't'",
        "日本語 ¦ '日本' & '本語'",
        "日 ¦ '日':*",
        "日本 語 ¦ '日本' & '語':*",
        "Java入門 ¦ 'java' & '入門'",
        "?! garden -- ¦ 'garden':*",
        "garden ?! ¦ 'garden':*",
        "garden in:ops ¦ 'garden':*",
        "10:30 http://example.org ¦ '10' & '30' & 'http' & 'example' & 'org':*",
        "from:Ann tea ¦ 'tea':* & ('@ann')",
        "from:ann from:@Bob ¦ ('@ann' | '@bob')",
        "from:me ¦ ('@cem')",
        "from:o'neill ¦ ('@o''neill')",
        "from:a\\b ¦ ('@a\\\\b')",
        "FROM:ann ¦ ('@ann')",
        "has:link has:file ¦ '#link' & '#file'",
        "has:fun ¦ Use 'has:link' or 'has:file'.",
        "from: ann ¦ Write a value directly after 'from:'.",
        "before:soon ¦ Write the time after 'before:' as 2026, 2026-03, 2026-03-31 or 2026-03-31T09:30Z.",
        "before:2026-02-30 ¦ Write the time after 'before:' as 2026, 2026-03, 2026-03-31 or 2026-03-31T09:30Z.",
        "\"...\" ¦ A phrase needs a letter or a digit.",
        "... ¦ Search for at least one word, or with a condition.",
        "`` ¦ Search for at least one word, or with a condition.",
      })
  void aQueryBecomesAQueryOfTheIndexOrASentence(String text, String expected) {
    assertThat(tsqueryOrSentence(text)).isEqualTo(expected);
  }

  private static String tsqueryOrSentence(String text) {
    return switch (QueryParser.parse(text, "cem", ZoneOffset.UTC)) {
      case QueryParser.Valid(var query) -> query.tsquery().orElse("");
      case QueryParser.Wrong(var sentence) -> sentence;
    };
  }

  @Test
  void roomsAndConversationsAreNamed() {
    var query = query("in:Ops in:#lobby in:\"My Room\" with:@Bob");

    assertThat(query.in()).containsExactlyInAnyOrder("ops", "lobby", "my room");
    assertThat(query.with()).containsExactly("bob");
    assertThat(query.tsquery()).isEmpty();
  }

  @Test
  void daysBeginInTheZoneOfTheUser() {
    var berlin = ZoneId.of("Europe/Berlin");
    assertThat(((QueryParser.Valid) QueryParser.parse("after:2026-03-31", "cem", berlin)).query())
        .extracting(SearchQuery::after)
        .isEqualTo(Optional.of(Instant.parse("2026-03-30T22:00:00Z")));
    assertThat(query("after:2026").after()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(query("before:2026-03").before()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(query("before:2026-03-31T09:30+02:00").before())
        .contains(Instant.parse("2026-03-31T07:30:00Z"));
  }

  @Test
  void theNarrowestOfSeveralTimesCounts() {
    var query = query("after:2025 after:2026 before:2028 before:2027");

    assertThat(query.after()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(query.before()).contains(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @Test
  void aQueryIsBounded() {
    assertThat(tsqueryOrSentence("x".repeat(Portions.SEARCH_QUERY + 1)))
        .isEqualTo("A search has at most 500 characters.");
    assertThat(tsqueryOrSentence("tea ".repeat(Portions.SEARCH_PARTS + 1)))
        .isEqualTo("A search has at most 20 words and conditions.");
    assertThat(tsqueryOrSentence("日".repeat(Portions.SEARCH_PHRASE + 1)))
        .isEqualTo("A phrase has at most 50 words.");
  }

  private static SearchQuery query(String text) {
    return ((QueryParser.Valid) QueryParser.parse(text, "cem", ZoneOffset.UTC)).query();
  }
}
