package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.AccountSettings;
import org.junit.jupiter.api.Test;

class WrappedSecretsTest {
  private static final String FIRST = "the first secret of an operator, long enough";
  private static final String SECOND = "the second secret of an operator, long enough";
  private static final byte[] PLAIN = "whsec".getBytes(StandardCharsets.UTF_8);

  @Test
  void aSecretIsUnwrappedUnderItsNameAndPurposeOnly() {
    var secrets = secrets(Optional.of(FIRST), Optional.empty());

    var wrapped = secrets.wrap("hook", PLAIN);

    assertThat(wrapped.bytes()).isNotEqualTo(PLAIN);
    assertThat(new String(wrapped.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("whsec");
    assertThat(secrets.unwrap("hook", wrapped)).contains(PLAIN);
    assertThat(secrets.unwrap("other", wrapped)).isEmpty();
    assertThat(
            new WrappedSecrets(settings(Optional.of(FIRST), Optional.empty()), "other")
                .unwrap("hook", wrapped))
        .isEmpty();
    assertThat(wrapped.toString()).isEqualTo("a wrapped secret");
  }

  @Test
  void theSameSecretIsWrappedDifferentlyEachTime() {
    var secrets = secrets(Optional.of(FIRST), Optional.empty());

    assertThat(secrets.wrap("hook", PLAIN).bytes())
        .isNotEqualTo(secrets.wrap("hook", PLAIN).bytes());
  }

  @Test
  void afterAChangeOfTheOperatorsSecretItIsWrappedAgain() {
    var wrapped = secrets(Optional.of(FIRST), Optional.empty()).wrap("hook", PLAIN);
    var changed = secrets(Optional.of(SECOND), Optional.of(FIRST));

    assertThat(changed.isCurrent(wrapped)).isFalse();
    assertThat(changed.unwrap("hook", wrapped)).contains(PLAIN);
    var again = changed.wrap("hook", PLAIN);
    assertThat(changed.isCurrent(again)).isTrue();
    var later = secrets(Optional.of(SECOND), Optional.empty());
    assertThat(later.unwrap("hook", again)).contains(PLAIN);
    assertThat(later.unwrap("hook", wrapped)).isEmpty();
  }

  @Test
  void withoutASecretOfTheOperatorItIsStoredAsItIs() {
    var none = secrets(Optional.empty(), Optional.empty());

    var stored = none.wrap("hook", PLAIN);

    assertThat(stored.secretId()).isEmpty();
    assertThat(stored.bytes()).isEqualTo(PLAIN);
    var later = secrets(Optional.of(FIRST), Optional.empty());
    assertThat(later.unwrap("hook", stored)).contains(PLAIN);
    assertThat(later.isCurrent(stored)).isFalse();
  }

  private static WrappedSecrets secrets(Optional<String> secret, Optional<String> previous) {
    return new WrappedSecrets(settings(secret, previous), "kith courier secret encryption");
  }

  private static AccountSettings.TokenKeys settings(
      Optional<String> secret, Optional<String> previous) {
    return new AccountSettings.TokenKeys(Duration.ofDays(30), secret, previous);
  }
}
