package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Answers in several messages.
class PageTest {
  private final PageCollector<String> collector = new PageCollector<>();

  @Test
  void aListIsDividedIntoPages() {
    var parts = Page.divide(List.of(1, 2, 3, 4, 5), 2);

    assertThat(parts).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(new Page(3, 4).of(parts)).containsExactly(5);
    assertThat(new Page(4, 4).of(parts)).isEmpty();
  }

  @Test
  void anEmptyAnswerHasOnePage() {
    assertThat(Page.divide(List.of(), 2)).isEmpty();
    assertThat(Page.upTo(0)).containsExactly(Page.ONLY);
  }

  @Test
  void anAnswerIsCompleteWithItsLastPage() {
    assertThat(collector.add(new Page(1, 2), "a")).isEmpty();
    assertThat(collector.add(new Page(2, 2), "b")).isEqualTo(Optional.of(List.of("a", "b")));
  }

  @Test
  void anAnswerWithALostPageIsIncompleteUntilItIsRepeated() {
    collector.add(new Page(1, 3), "a");
    assertThat(collector.add(new Page(3, 3), "c")).isEmpty();

    collector.add(new Page(1, 2), "d");
    assertThat(collector.add(new Page(2, 2), "e")).isEqualTo(Optional.of(List.of("d", "e")));
  }

  @Test
  void theNextAnswerStartsANewList() {
    collector.add(Page.ONLY, "a");

    assertThat(collector.add(Page.ONLY, "b")).isEqualTo(Optional.of(List.of("b")));
  }
}
