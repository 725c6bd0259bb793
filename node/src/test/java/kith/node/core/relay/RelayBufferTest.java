package kith.node.core.relay;

import static kith.node.core.room.RoomHistory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.node.gateway.socket.Frames;
import kith.node.gateway.socket.WebSocketFraming;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class RelayBufferTest {
  private final RelayBuffer buffer =
      new RelayBuffer(new WebSocketFraming(), "r1", 10, 8, 1_000_000);

  @Test
  void entriesAddedTogetherAreOneFrameThatAClientCanRead() {
    var chunks = buffer.add(messages(11, 13));

    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().first()).isEqualTo(11);
    assertThat(chunks.getFirst().last()).isEqualTo(13);
    assertThat(frame(chunks.getFirst())).isEqualTo(new ServerFrame.Entries("r1", messages(11, 13)));
    assertThat(buffer.last()).isEqualTo(13);
  }

  @Test
  void addingNoEntriesCreatesNoFrame() {
    assertThat(buffer.add(List.of())).isEmpty();
    assertThat(buffer.last()).isEqualTo(10);
  }

  @Test
  void aReadFromAnyPositionReturnsExactlyTheEntriesAfterIt() {
    for (var added : List.of(messages(11, 11), messages(12, 15), messages(16, 17))) {
      var _ = buffer.add(added);
    }

    for (var place = 10L; place < 17; place++)
      assertThat(readingFrom(place))
          .isEqualTo(LongStream.rangeClosed(place + 1, 17).boxed().toList());
    assertThat(buffer.following(17)).as("the position of the latest entry").isEmpty();
    assertThat(buffer.following(18)).as("a position after the latest entry").isEmpty();
    assertThat(buffer.following(9)).as("a position before the oldest entry").isEmpty();
  }

  @Test
  void entriesThatTheRoomDoesNotKeepLeaveTheBuffer() {
    for (var added : List.of(messages(11, 12), messages(13, 16), messages(17, 17))) {
      var _ = buffer.add(added);
    }

    buffer.truncate(15);

    assertThat(buffer.following(10)).as("the log tells the gap").isEmpty();
    assertThat(buffer.following(13)).isEmpty();
    assertThat(readingFrom(14)).containsExactly(15L, 16L, 17L);
    assertThat(readingFrom(15)).containsExactly(16L, 17L);
    assertThat(frame(buffer.following(14).orElseThrow()))
        .isEqualTo(new ServerFrame.Entries("r1", messages(15, 16)));
    var _ = buffer.add(messages(18, 22));
    assertThat(readingFrom(14)).as("the bound counts the entries that are left").hasSize(8);
  }

  @Test
  void aBufferThatKeepsNothingContinuesAfterItsLastEntry() {
    var _ = buffer.add(messages(11, 13));

    buffer.truncate(14);

    assertThat(buffer.following(10)).isEmpty();
    assertThat(buffer.add(messages(14, 14)).getFirst().first()).isEqualTo(14);
  }

  @Test
  void addedEntriesAreDecodedFromTheirFrames() {
    var added = new ArrayList<Entry>(messages(11, 13));
    added.add(message(14, "hällo 😀 " + "x".repeat(60_000)));
    added.add(new Entry.Kicked(15, NOW, "ann", "bob", Optional.empty()));

    var read = new ArrayList<Entry>();
    for (var chunk : buffer.add(added))
      read.addAll(RelayBuffer.entries(Frames.payload(chunk.frame())));

    assertThat(read).isEqualTo(added);
  }

  @Test
  void entriesTooLongForOneFrameAreSplitInOrder() {
    var entries = new ArrayList<Entry>();
    for (var seq = 11; seq <= 16; seq++) entries.add(message(seq, "x".repeat(16 * 1024)));

    var chunks = buffer.add(entries);

    assertThat(chunks).extracting(RelayBuffer.Chunk::first).containsExactly(11L, 13L, 15L);
    assertThat(chunks).extracting(RelayBuffer.Chunk::last).containsExactly(12L, 14L, 16L);
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.frame().length()).isLessThan(50_000));
  }

  @Test
  void anEntryLongerThanAFrameIsSentAlone() {
    var chunks = buffer.add(List.of(message(11, "x".repeat(60_000)), message(12, "short")));

    assertThat(chunks).extracting(RelayBuffer.Chunk::last).containsExactly(11L, 12L);
  }

  @Test
  void theNumberOfKeptEntriesIsLimited() {
    for (var seq = 11; seq <= 50; seq++) {
      var _ = buffer.add(messages(seq, seq));
    }

    assertThat(buffer.following(41)).as("nine entries, more than the buffer keeps").isEmpty();
    assertThat(readingFrom(42)).hasSize(8);
  }

  @Test
  void theNumberOfKeptBytesIsLimited() {
    var small = new RelayBuffer(new WebSocketFraming(), "r1", 0, 1_000, 10_000);
    for (var seq = 1; seq <= 100; seq++) {
      var _ = small.add(List.of(message(seq, "x".repeat(1_000))));
    }

    assertThat(small.following(90)).isEmpty();
    assertThat(small.following(99)).isPresent();
  }

  @Test
  void theLatestFrameIsKeptAtAnySize() {
    var small = new RelayBuffer(new WebSocketFraming(), "r1", 0, 1_000, 100);
    var _ = small.add(List.of(message(1, "x".repeat(1_000))));

    assertThat(small.following(0)).isPresent();
  }

  @Test
  void aRedactionRemovesTheTextOfTheMessageAndItsEdits() {
    var _ =
        buffer.add(
            List.of(
                message(11, "secret"),
                message(12, "harmless"),
                new Entry.Edited(13, NOW, "ann", "e", 11, Optional.of("secret too"))));
    var _ = buffer.add(List.of(new Entry.Edited(14, NOW, "ann", "f", 11, Optional.of("secret"))));

    buffer.redact(11, new Entry.Redaction(15, NOW, "bob"));

    for (var place = 10; place < 14; place++)
      assertThat(text(buffer.following(place).orElseThrow())).doesNotContain("secret");
    assertThat(text(buffer.following(10).orElseThrow()))
        .contains("harmless")
        .contains("\"redaction\":{\"seq\":15");
    assertThat(readingFrom(10)).containsExactly(11L, 12L, 13L, 14L);
  }

  @Test
  void aRedactionOfAnUnbufferedMessageChangesNothing() {
    var _ = buffer.add(messages(11, 13));
    var before = buffer.following(10);

    buffer.redact(3, new Entry.Redaction(14, NOW, "bob"));

    assertThat(buffer.following(10)).isEqualTo(before);
  }

  @Test
  void limitsHoldAfterARedaction() {
    var small = new RelayBuffer(new WebSocketFraming(), "r1", 0, 1_000, 10_000);
    for (var seq = 1; seq <= 100; seq++) {
      var _ = small.add(List.of(message(seq, "x".repeat(1_000))));
      small.redact(seq, new Entry.Redaction(seq, NOW, "bob"));
    }

    assertThat(small.following(20)).isEmpty();
    assertThat(small.following(60))
        .as("redacted entries without their text are smaller")
        .isPresent();
  }

  @Test
  void aRestartDropsTheEntriesBeforeTheGap() {
    var _ = buffer.add(messages(11, 13));

    buffer.restart(20);

    assertThat(buffer.last()).isEqualTo(20);
    assertThat(buffer.following(10)).isEmpty();
    var _ = buffer.add(messages(21, 21));
    assertThat(readingFrom(20)).containsExactly(21L);
  }

  private List<Long> readingFrom(long place) {
    var seqs = new ArrayList<Long>();
    for (var next = buffer.following(place); next.isPresent(); ) {
      assertThat(next.get().first()).isEqualTo(place + 1);
      frame(next.get()).entries().forEach(entry -> seqs.add(entry.seq()));
      place = next.get().last();
      next = buffer.following(place);
    }
    return seqs;
  }

  private static List<Entry> messages(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> message(seq, "m" + seq)).toList();
  }

  private static Entry message(long seq, String body) {
    return new Entry.Message(
        seq,
        NOW,
        "ann",
        "id-" + seq,
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ServerFrame.Entries frame(RelayBuffer.Chunk chunk) {
    try {
      return (ServerFrame.Entries) Json.serverFrame(text(chunk));
    } catch (Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  /// Without the header of a WebSocket frame.
  private static String text(RelayBuffer.Chunk chunk) {
    ByteString frame = chunk.frame();
    var text = frame.utf8String();
    return text.substring(text.indexOf('{'));
  }
}
