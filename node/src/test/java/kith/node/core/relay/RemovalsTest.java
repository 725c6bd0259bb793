package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.banned;
import static kith.node.core.room.RoomHistory.deleted;
import static kith.node.core.room.RoomHistory.joined;
import static kith.node.core.room.RoomHistory.kicked;
import static kith.node.core.room.RoomHistory.left;
import static kith.node.core.room.RoomHistory.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kith.node.core.room.Entries;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;

class RemovalsTest {
  @Test
  void entriesWithoutARemovalFormOnePortion() {
    assertThat(portions(said("ann", "1", "a"), joined("bob"), said("ann", "2", "b")))
        .containsExactly(3);
  }

  @Test
  void aPortionEndsAfterEachRemoval() {
    assertThat(
            portions(
                said("ann", "1", "a"),
                kicked("ann", "bob"),
                banned("ann", "cyd"),
                said("ann", "2", "b"),
                left("dan"),
                joined("eve"),
                deleted("ann")))
        .containsExactly(2, 1, 2, 2);
  }

  @Test
  void anEmptyListHasNoParts() {
    assertThat(portions()).isEmpty();
  }

  private static List<Integer> portions(RoomEvent... events) {
    var entries = new ArrayList<Entry>();
    for (var event : events) entries.add(Entries.of(entries.size() + 1, event));
    return Removals.portions(entries).stream().map(List::size).toList();
  }
}
