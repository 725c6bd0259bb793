package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.bench.LargeLogTable.Column;
import org.junit.jupiter.api.Test;

class LargeLogTest {
  private static final OrdinaryText TEXT =
      OrdinaryText.of(
          IntStream.range(0, 5_000).mapToObj(it -> "w" + it).collect(Collectors.joining("\n")));

  @Test
  void theTextsOfAThousandMessagesAreAllDifferent() {
    var words = new HashSet<String>();
    for (var number = 0; number < 200; number++)
      for (var word : inner(TEXT.piece(number, 100))) assertThat(words.add(word)).isTrue();
  }

  /// The words of a piece that it has as a whole.
  private static List<String> inner(String piece) {
    var words = List.of(piece.split(" "));
    return words.subList(1, words.size() - 1);
  }

  @Test
  void aPieceHasItsLengthAndNoSpaceAtItsEnds() {
    for (var number = 0; number < 3_000; number++)
      assertThat(TEXT.piece(number, 100)).hasSize(100).doesNotMatch("^ .*|.* $");
  }

  @Test
  void aUsedUpTextBeginsAgainAtAnotherPlace() {
    var again = TEXT.text().length() / 100;

    assertThat(IntStream.rangeClosed(again - 2, again + 2).mapToObj(it -> TEXT.piece(it, 100)))
        .doesNotContain(TEXT.piece(0, 100));
  }

  @Test
  void otherCharactersThanAsciiAreLeftOut() {
    assertThat(OrdinaryText.of("one\n\n  two – three ").text()).isEqualTo("one two three");
  }

  @Test
  void aTableHasTheMedianAndTheRangeOfEachSize() {
    var table = new LargeLogTable();
    for (var millis : List.of(80.0, 20.0, 30.0))
      table.add(614_000, Map.of(Column.FIRST_OPEN, millis));
    table.add(1_000, Map.of(Column.START, 2.25));

    assertThat(table.rows())
        .hasSize(4)
        .element(2)
        .isEqualTo("| 1,000 | 2.3 (2.3 to 2.3) |  |  |  |  |  |  |  |  |");
    assertThat(table.rows().getLast()).startsWith("| 614,000 |  |  | 30 (20 to 80) |  |");
  }
}
