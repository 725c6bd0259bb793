package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
  @Test
  void findsEachEntrysPlaceAndMessageInAnyOrderOfFields() {
    var batch =
        batch(
            """
            {"type":"entries","room":"r1","entries":[
            {"type":"message","seq":41,"id":"7","body":"x"},{"body":"y","id":"8","seq":42}]}\
            """);

    assertThat(batch.seqs()).containsExactly(41, 42);
    assertThat(batch.messages()).containsExactly(7, 8);
  }

  @Test
  void isNotMisledByWhatStandsInATextOrDeeper() {
    var batch =
        batch(
            """
            {"type":"entries","entries":[{"seq":3,"id":"5","body":"\\"seq\\":9,\\\\",\
            "edit":{"seq":12,"body":"}]{[\\""}}]}\
            """);

    assertThat(batch.seqs()).containsExactly(3);
    assertThat(batch.messages()).containsExactly(5);
  }

  @Test
  void entriesThatAreNoMessagesHaveNoNumber() {
    var batch = batch("{\"type\":\"entries\",\"entries\":[{\"type\":\"joined\",\"seq\":2}]}");

    assertThat(batch.seqs()).containsExactly(2);
    assertThat(batch.messages()).containsExactly(-1);
  }

  @Test
  void knowsTheSameFrameAgainAndNoOther() {
    var frame = "{\"entries\":[{\"seq\":1}]}".getBytes(StandardCharsets.UTF_8);
    var other = "{\"entries\":[{\"seq\":2}]}".getBytes(StandardCharsets.UTF_8);

    var batch = Batch.read(frame, 0, frame.length);

    assertThat(batch.isSame(frame, 0, frame.length)).isTrue();
    assertThat(batch.isSame(other, 0, other.length)).isFalse();
  }

  private static Batch batch(String frame) {
    var bytes = frame.getBytes(StandardCharsets.UTF_8);
    return Batch.read(bytes, 0, bytes.length);
  }
}
