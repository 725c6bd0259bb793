package kith.terminal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomNumbersTest {
  @Test
  void roomsGetTheirNumbersBackAfterARestartEvenOneByOne() {
    var earlier = Map.of("a", 1, "b", 2, "c", 3);

    var first = RoomNumbers.NONE.updated(List.of("c"), earlier);
    var all = first.updated(List.of("c", "b", "a"), first.kept(earlier));

    assertThat(all.numbersByRoom()).isEqualTo(earlier);
  }

  @Test
  void aNewRoomGetsTheLowestFreeNumberAndKeepsIt() {
    var earlier = Map.of("a", 1, "b", 2, "c", 3);

    // b was left on another device
    var now = RoomNumbers.NONE.updated(List.of("new", "c", "a"), earlier);

    assertThat(now.numbersByRoom())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "new", 2, "c", 3));
    assertThat(now.kept(earlier)).isEqualTo(now.numbersByRoom());
  }

  @Test
  void aNumberThatAnotherRoomHasIsNotGivenBack() {
    var now = new RoomNumbers(Map.of("x", 1)).updated(List.of("x", "a"), Map.of("a", 1));

    assertThat(now.numbersByRoom()).isEqualTo(Map.of("x", 1, "a", 2));
  }
}
