package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with the JDK's decoder.
class Utf8Test {

  private static final long SEED = 20261121;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda080",
        "edbfbf",
        "f4908080",
        "f5808080",
        "80",
        "bf",
        "c3",
        "e282",
        "f09f98",
        "c328",
        "e2282c",
        "ff",
        "616263c3"
      })
  void invalidUtf8IsRefused(String hex) {
    var bytes = HexFormat.of().parseHex(hex);

    assertThat(decodes(bytes)).isFalse();
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
  }

  @Test
  void everyCharacterIsAccepted() {
    for (var point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        var bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).as("U+%04X", point).isTrue();
      }
    }
  }

  @Test
  void randomBytesAreCheckedLikeTheJdkDecoder() {
    var random = new Random(SEED);
    var leads = new int[] {0x41, 0x7F, 0x80, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xED, 0xF0, 0xF4, 0xF5};
    for (var round = 0; round < 200_000; round++) {
      var bytes = new byte[random.nextInt(1, 14)];
      for (var i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) leads[random.nextInt(leads.length)];
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length))
          .as("seed %d: %s", SEED, HexFormat.of().formatHex(bytes))
          .isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException refused) {
      return false;
    }
  }
}
