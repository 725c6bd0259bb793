package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples are those of RFC 6455, section 5.7, without a mask.
class FramesTest {

  @Test
  void aTextFrameMatchesTheRfcExample() {
    assertThat(hex(Frames.text(utf8("Hello")))).isEqualTo("810548656c6c6f");
  }

  @Test
  void aPongFrameMatchesTheRfcExample() {
    assertThat(hex(Frames.pong(ByteString.fromString("Hello")))).isEqualTo("8a0548656c6c6f");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8100",
    "125, 817d",
    "126, 817e007e",
    "256, 817e0100",
    "65535, 817effff",
    "65536, 817f0000000000010000"
  })
  void aLengthTakesAsFewBytesAsItCan(int length, String header) {
    var frame = Frames.text(new byte[length]);

    assertThat(hex(frame.take(frame.length() - length))).isEqualTo(header);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535, 65_536})
  void thePayloadOfAFrameFollowsItsHeader(int length) {
    var carried = ByteString.fromArray(new byte[length]);

    assertThat(Frames.payload(Frames.text(new byte[length]))).isEqualTo(carried);
  }

  @Test
  void partsAreJoinedBetweenHeadAndTail() {
    var frame =
        Frames.text(
            utf8("["), List.of(utf8("one"), utf8("two"), utf8("three")), (byte) ',', utf8("]"));

    assertThat(frame).isEqualTo(Frames.text(utf8("[one,two,three]")));
  }

  @Test
  void noPartsNeedNoSeparator() {
    assertThat(Frames.text(utf8("["), List.of(), (byte) ',', utf8("]")))
        .isEqualTo(Frames.text(utf8("[]")));
  }

  @Test
  void aCloseFrameHasItsCodeAndReason() {
    assertThat(hex(Frames.close(4408, "silent"))).isEqualTo("88081138" + hex("silent"));
    assertThat(hex(Frames.close())).isEqualTo("8800");
  }

  @Test
  void aLongReasonIsCutBetweenCharacters() {
    var payload = Frames.close(1000, "x" + "ü".repeat(100)).drop(2);

    assertThat(payload.length()).isLessThanOrEqualTo(125);
    assertThat(payload.drop(2).utf8String()).isEqualTo("x" + "ü".repeat(61));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(utf8(text));
  }

  private static String hex(ByteString bytes) {
    var array = bytes.toArrayUnsafe();
    return HexFormat.of().formatHex(Arrays.copyOf(array, array.length));
  }
}
