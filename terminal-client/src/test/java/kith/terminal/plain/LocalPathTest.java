package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "/a/b.jpg,/a/b.jpg",
        "a b.jpg,a b.jpg",
        "'/a/b c.jpg',/a/b c.jpg",
        "'/a/it'\\''s.jpg',/a/it's.jpg",
        "\"/a/b c.jpg\",/a/b c.jpg",
        "/a/b\\ c\\(1\\).jpg,/a/b c(1).jpg",
        "file:///a/b%20c.jpg,/a/b c.jpg",
        "file://localhost/a/b.jpg,/a/b.jpg",
        "~/b.jpg,~/b.jpg",
      })
  void aPathIsReadAsTerminalsAndUsersWriteIt(String typed, String path) {
    assertThat(LocalPath.of(typed)).contains(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "file://elsewhere/a", "file://%zz", "''"})
  void otherTextIsNotAPath(String typed) {
    assertThat(LocalPath.of(typed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "a/b", "/a\n/b", ""})
  void aPastedTextIsOnlyAPathIfItIsAWholeOne(String pasted) {
    assertThat(LocalPath.pasted(pasted)).isEmpty();
  }
}
