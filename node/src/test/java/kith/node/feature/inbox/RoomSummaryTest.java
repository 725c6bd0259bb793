package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.feature.mentions.Mention;
import org.junit.jupiter.api.Test;

class RoomSummaryTest {
  private static RoomEvent.Posted posted(String id, long number) {
    return new RoomEvent.Posted(
        "ann", Instant.EPOCH, id, "hello", OptionalLong.empty(), OptionalLong.of(number));
  }

  @Test
  void mentionsArriveWithTheMessagesThatHaveThem() {
    var events =
        List.<RoomEvent>of(
            posted("a", 1).mentioning(List.of("bob")),
            posted("b", 2),
            posted("c", 3).mentioning(List.of("@room")));
    var room = RoomHistory.after(RoomHistory.publicRoomOf("ann"));
    var commit = new Commit("q3k", room, room, 7, events);

    assertThat(RoomSummary.of(commit).mentions().orElseThrow())
        .containsExactly(
            new Mention(7, "ann", List.of("bob")), new Mention(9, "ann", List.of("@room")));
  }
}
