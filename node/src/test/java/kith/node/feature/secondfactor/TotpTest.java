package kith.node.feature.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /// The secret of the test vectors in RFC 6238, appendix B.
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private static final Instant NOW = Instant.ofEpochSecond(1111111111);
  private static final long STEP = Totp.stepAt(NOW);

  /// The RFC shows eight digits, of which apps show the last six.
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void theCodesOfTheStandard(long seconds, String eightDigits) {
    var step = Totp.stepAt(Instant.ofEpochSecond(seconds));

    assertThat(Totp.code(SECRET, step)).isEqualTo(eightDigits.substring(2));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32OfTheStandard(String text, String encoded) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }

  @ParameterizedTest
  @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
  void clocksMayDifferByOneStep(int steps, boolean accepted) {
    var code = Totp.code(SECRET, STEP + steps);

    assertThat(Totp.step(SECRET, code, 0, NOW))
        .isEqualTo(accepted ? OptionalLong.of(STEP + steps) : OptionalLong.empty());
  }

  @Test
  void aCodeIsAcceptedOnceAndNoneBeforeIt() {
    assertThat(Totp.step(SECRET, Totp.code(SECRET, STEP), STEP, NOW)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, STEP - 1), STEP, NOW)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, STEP + 1), STEP, NOW)).hasValue(STEP + 1);
  }

  @Test
  void theUriOfAnApp() {
    assertThat(Totp.uri("ann b", "chat.example.org", Totp.base32(SECRET)))
        .isEqualTo(
            "otpauth://totp/Kith%20chat.example.org:ann%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Kith%20chat.example.org&algorithm=SHA1&digits=6&period=30");
  }
}
