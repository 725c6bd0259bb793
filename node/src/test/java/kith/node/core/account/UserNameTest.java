package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

  @ParameterizedTest
  @CsvSource({
    "ann, ann",
    "Ann, ann",
    "ＡＮＮ, ann",
    "e\u0301va, \u00e9va",
    "ΑΝΝΑ, αννα",
    "straße, straße",
    "анна, анна",
    "x~!|%, x~!|%",
    "a.b-c_d, a.b-c_d",
  })
  void aNameIsConvertedToItsCanonicalSpelling(String written, String name) {
    assertThat(UserName.of(written)).map(UserName::text).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\tb",
        "a\u0000b",
        "a/b",
        "a@b",
        "a:b",
        "#a",
        "a,b",
        "a\"b",
        ".a",
        "-a",
        "_a",
        "😀",
        "ﬁn",
        "a\u200db",
        "a\u202eb",
        "\ud800",
        "א1a"
      })
  void invalidNamesAreRefused(String written) {
    assertThat(UserName.of(written)).isEmpty();
  }

  @Test
  void aNameHasAtMostThirtyTwoCodePoints() {
    assertThat(UserName.of("é".repeat(32))).isPresent();
    assertThat(UserName.of("a".repeat(33))).isEmpty();
    assertThat(UserName.of("a".repeat(1_000_000))).isEmpty();
  }

  @Test
  void aNameThatIsNotCanonicalIsRefused() {
    assertThatThrownBy(() -> new UserName("Ann")).isInstanceOf(IllegalArgumentException.class);
  }
}
