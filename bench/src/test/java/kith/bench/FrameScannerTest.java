package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
  @Test
  void findsSeqAndMessageOfEachEntryInAnyFieldOrder() {
    var frame =
        read(
            """
            {"type":"entries","room":"r1","entries":[
            {"type":"message","seq":41,"id":"7","body":"x"},{"body":"y","id":"8","seq":42}]}\
            """);

    assertThat(frame.seqs()).containsExactly(41, 42);
    assertThat(frame.messages()).containsExactly(7, 8);
  }

  @Test
  void ignoresTheContentOfStringsAndNestedObjects() {
    var frame =
        read(
            """
            {"type":"entries","entries":[{"seq":3,"id":"5","body":"\\"seq\\":9,\\\\",\
            "edit":{"seq":12,"body":"}]{[\\""}}]}\
            """);

    assertThat(frame.seqs()).containsExactly(3);
    assertThat(frame.messages()).containsExactly(5);
  }

  @Test
  void entriesOtherThanMessagesHaveNoNumber() {
    var frame = read("{\"type\":\"entries\",\"entries\":[{\"type\":\"joined\",\"seq\":2}]}");

    assertThat(frame.seqs()).containsExactly(2);
    assertThat(frame.messages()).containsExactly(-1);
  }

  @Test
  void onlyAnEqualFrameIsRecognized() {
    var frame = "{\"entries\":[{\"seq\":1}]}".getBytes(StandardCharsets.UTF_8);
    var other = "{\"entries\":[{\"seq\":2}]}".getBytes(StandardCharsets.UTF_8);

    var parsed = EntriesFrame.read(frame, 0, frame.length);

    assertThat(parsed.isSame(frame, 0, frame.length)).isTrue();
    assertThat(parsed.isSame(other, 0, other.length)).isFalse();
  }

  private static EntriesFrame read(String frame) {
    var bytes = frame.getBytes(StandardCharsets.UTF_8);
    return EntriesFrame.read(bytes, 0, bytes.length);
  }
}
