package kith.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "..", "a/b", "a\\b", "a\nb", "a\u0000", "gpj.\u202Eexe", "\u200b"})
  void pathsAndInvisibleCharactersAreNotNames(String name) {
    assertThat(FileNames.isValid(name)).isFalse();
    assertThat(FileNames.isValid(FileNames.of(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garden.jpg", "Отчёт v2 (1).pdf", ".bashrc", "家族.png", "a..b", "😀"})
  void anyVisibleTextIsAName(String name) {
    assertThat(FileNames.isValid(name)).isTrue();
    assertThat(FileNames.of(name)).isEqualTo(name);
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    assertThat(FileNames.isValid("ä".repeat(128))).isFalse();
    assertThat(FileNames.of("ä".repeat(128))).isEqualTo("ä".repeat(127));
    assertThat(FileNames.of("ä".repeat(128), ".txt")).isEqualTo("ä".repeat(125) + ".txt");
    assertThat(FileNames.of("", ".txt")).isEqualTo(".txt");
    assertThat(FileNames.of("..", "")).isEqualTo("file");
  }
}
