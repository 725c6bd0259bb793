package kith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentsTest {
  private static final int SIZE = 1_000;

  private final FileContents contents = new FileContents(SIZE);

  private byte[] copied(long number, int chunk) {
    var copy = new ByteArrayOutputStream();
    var buffer = new byte[chunk];
    while (copy.size() < SIZE) copy.write(buffer, 0, contents.copy(number, copy.size(), buffer));
    return copy.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 991, 992, 993, 1_000, 4_096})
  void aContentIsTheSameInChunksOfAnySize(int chunk) throws NoSuchAlgorithmException {
    var copy = copied(5, chunk);

    assertThat(copy).hasSize(SIZE).isEqualTo(copied(5, SIZE));
    assertThat(contents.sha256(5))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(copy)));
    for (var offset = 0; offset < SIZE; offset += chunk) {
      var some = Arrays.copyOfRange(copy, offset, Math.min(SIZE, offset + chunk));
      assertThat(contents.hasAt(5, offset, some, some.length)).isTrue();
    }
  }

  @Test
  void filesOfOtherNumbersDiffer() {
    assertThat(copied(5, SIZE)).isNotEqualTo(copied(6, SIZE));
    assertThat(contents.sha256(5)).isNotEqualTo(contents.sha256(6));
    assertThat(contents.hasAt(6, 0, copied(5, SIZE), SIZE)).isFalse();
  }

  @Test
  void everyChangedByteIsDetected() {
    for (var at = 0; at < SIZE; at++) {
      var changed = copied(5, SIZE);
      changed[at]++;
      assertThat(contents.hasAt(5, 0, changed, SIZE)).isFalse();
    }
    assertThat(contents.hasAt(5, 1, copied(5, SIZE), SIZE)).as("a byte too many").isFalse();
  }
}
