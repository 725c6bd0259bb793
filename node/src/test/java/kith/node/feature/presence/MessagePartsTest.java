package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
  @Test
  void anEmptyListHasNoParts() {
    assertThat(MessageParts.of(List.of(), _ -> 1)).isEmpty();
  }

  @Test
  void everyElementIsInExactlyOnePart() {
    var all = IntStream.range(0, 5_000).boxed().toList();

    var portions = MessageParts.of(all, _ -> 1);

    assertThat(portions).extracting(List::size).containsExactly(2_000, 2_000, 1_000);
    assertThat(portions.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
  }

  @Test
  void aLargeElementIsASeparatePart() {
    assertThat(MessageParts.of(List.of("a", "b", "c"), it -> it.equals("b") ? 2_000 : 1))
        .containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }
}
