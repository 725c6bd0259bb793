package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import kith.protocol.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "        x",
        "hunter42again",
        "пароль на каждый день",
        "😀🎈🌍🚲🍰🎻🧭🪁"
      })
  void aLongUncommonPasswordIsAccepted(String password) {
    assertThat(PasswordRules.refusal("ann", new Secret(password))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven77", "😀🎈🌍🚲🍰🎻🧭"})
  void fewerThanEightCharactersAreTooShort(String password) {
    assertThat(PasswordRules.refusal("ann", new Secret(password)))
        .contains(Code.PASSWORD_TOO_SHORT);
  }

  @Test
  void moreThanAThousandAndTwentyFourBytesAreTooLong() {
    assertThat(PasswordRules.refusal("ann", new Secret("aé".repeat(341) + "b"))).isEmpty();
    assertThat(PasswordRules.refusal("ann", new Secret("aé".repeat(342))))
        .contains(Code.PASSWORD_TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord1",
        "iloveyou",
        "aaaaaaaaaaaa",
        "abcdefghij",
        "zyxwvuts",
        "barbara.smith",
        "Barbara.Smith2026",
        "kith1234",
        "kithkithkith",
        "kithpassword",
        "barbara.smithkith!!"
      })
  void anEasilyGuessedPasswordIsTooCommon(String password) {
    assertThat(PasswordRules.refusal("barbara.smith", new Secret(password)))
        .contains(Code.PASSWORD_TOO_COMMON);
  }
}
