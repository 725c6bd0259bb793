package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final long END = 60_000;

  @Test
  void aRoomThatAnswersPromptlyIsNeverSilent() {
    assertThat(windows(post(0, 100), post(200, 300), post(400, 450))).isEmpty();
  }

  @Test
  void aSilenceLastsFromTheFirstDuePostAfterAnAckToTheNextAck() {
    assertThat(windows(post(0, 100), post(200, 5_300), post(400, 5_310)))
        .containsExactly(new Silences.Window("lobby", 200, 5_300));
  }

  @Test
  void oneWaitingWriterDoesNotMakeARoomSilent() {
    var window = post(0, 3_000);

    assertThat(windows(window, post(700, 750), post(1_400, 1_500), post(2_100, 2_150))).isEmpty();
  }

  @Test
  void anUnansweredPostWaitsUntilTheEnd() {
    assertThat(
            windows(post(0, 100), new Post("ann", "x", "x", 500, 3, List.of(), List.of(), false)))
        .containsExactly(new Silences.Window("lobby", 500, END));
  }

  @Test
  void aRoomWithoutDuePostsIsNotSilent() {
    assertThat(windows(post(0, 100), post(20_000, 20_100))).isEmpty();
  }

  @Test
  void onlyLongWaitingTimesOfWritersCount() {
    var room = room(post(0, 100), post(0, 1_000), post(0, 1_001), post(0, 9_000));

    assertThat(Silences.ofWriters(List.of(room))).containsExactly(1_001, 9_000);
  }

  @Test
  void theLongestSilenceOfAReaderIsBetweenTwoDeliveries() {
    var entry = new LogEntry(1, Instant.EPOCH, "ann", Optional.empty(), "Joined");
    var received =
        LongStream.of(0, 100, 4_100, 4_200)
            .mapToObj(at -> new DeliveryLog.Delivery(entry, at))
            .toList();

    assertThat(Silences.ofReader(new DeliveryLog("bob", received, List.of()))).isEqualTo(4_000);
  }

  private static List<Silences.Window> windows(Post... posts) {
    return Silences.ofRoom(room(posts), END, Silences.NOTABLE);
  }

  private static RoomHistory room(Post... posts) {
    return new RoomHistory("lobby", List.of(posts), List.of(), List.of());
  }

  private static Post post(long due, long receivedAt) {
    return new Post(
        "ann",
        "a" + due,
        "",
        due,
        1,
        List.of(new Ack(1, Instant.EPOCH, receivedAt)),
        List.of(),
        false);
  }
}
