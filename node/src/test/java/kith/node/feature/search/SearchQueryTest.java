package kith.node.feature.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchQueryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tea garden | a garden with Tea | [garden] [Tea]",
        "gar | the garden | [garden]",
        "\"gar\" | the garden | -",
        "gar tea | the garden of tea | -",
        "\"garden party\" | a Garden-Party today | [Garden-Party]",
        "\"garden party\" | a party in the garden | -",
        "wi-fi | fi and wi | -",
        "wi-fi | the Wi-Fi works | [Wi-Fi]",
        "tea | tea, TEA and teapot | [tea] [TEA] [teapot]",
        "日本 | 東京は日本の首都 | [日本]",
        "本 | 日本 | [本]",
        "日語 | 日本語 | -",
        "cafe | un Café | [Café]",
        "\"a b\" \"b c\" | a b c | [a b c]",
      })
  void aTextMatchesInThesePlaces(String query, String text, String places) {
    assertThat(places(query, message(text))).isEqualTo(places);
  }

  @Test
  void theLatestEditCounts() {
    var edited =
        new Entry.Message(
            3,
            NOON,
            "ann",
            "m1",
            Optional.of("coffee"),
            OptionalLong.empty(),
            Optional.of(new Entry.LatestEdit(5, NOON, "tea")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(places("tea", edited)).isEqualTo("[tea]");
    assertThat(places("coffee", edited)).isEqualTo("-");
  }

  @Test
  void aRedactedMessageMatchesNothing() {
    var redacted =
        new Entry.Message(
            3,
            NOON,
            "ann",
            "m1",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(new Entry.Redaction(5, NOON, "ann")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(places("from:ann", redacted)).isEqualTo("-");
  }

  @Test
  void conditionsAreCheckedAgain() {
    var link = message("see https://example.org/tea");

    assertThat(places("has:link tea", link)).isEqualTo("[tea]");
    assertThat(places("has:link tea", message("tea"))).isEqualTo("-");
    assertThat(places("has:file", link)).isEqualTo("-");
    assertThat(places("from:ann tea", link)).isEqualTo("[tea]");
    assertThat(places("from:bob tea", link)).isEqualTo("-");
    assertThat(places("after:2026-11-21 before:2026-11-22 tea", link)).isEqualTo("[tea]");
    assertThat(places("before:2026-11-21 tea", link)).isEqualTo("-");
    assertThat(places("after:2026-11-22 tea", link)).isEqualTo("-");
  }

  @Test
  void aWordMayBeInTheNameOfAFile() {
    var message = withFile("look", "Budget 2026.xlsx");

    assertThat(places("budget look", message)).isEqualTo("[look]");
    assertThat(places("\"budget 2026\" has:file", message)).isEqualTo("");
    assertThat(places("\"look budget\"", message)).isEqualTo("-");
  }

  private static String places(String query, Entry.Message message) {
    var parsed = (QueryParser.Valid) QueryParser.parse(query, "cem", ZoneOffset.UTC);
    var text = SearchQuery.text(message).orElse("");
    return parsed
        .query()
        .matches(message)
        .map(ranges ->
            ranges.stream()
                .map(it -> "[" + text.substring(it.start(), it.end()) + "]")
                .collect(Collectors.joining(" ")))
        .orElse("-");
  }

  private static Entry.Message message(String text) {
    return message(text, Optional.empty());
  }

  private static Entry.Message withFile(String text, String name) {
    return message(
        text,
        Optional.of(
            List.of(
                new Entry.File(
                    "f1", name, 1, "text/plain", OptionalInt.empty(), OptionalInt.empty()))));
  }

  private static Entry.Message message(String text, Optional<List<Entry.File>> files) {
    return new Entry.Message(
        3,
        NOON,
        "ann",
        "m1",
        Optional.of(text),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        files);
  }
}
