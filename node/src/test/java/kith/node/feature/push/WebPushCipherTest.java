package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebPushCipherTest {
  // the example of RFC 8291, section 5
  private static final String TEXT = "When I grow up, I want to be a watermelon";
  private static final String RECEIVER =
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
  private static final String RECEIVER_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
  private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
  private static final String SENDER =
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
  private static final String SENDER_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
  private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
  private static final String MESSAGE =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
          + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
          + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

  private static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static KeyPair pair(String publicKey, String privateKey) throws Exception {
    var known = WebPushCipher.publicKey(bytes(publicKey));
    var number = new BigInteger(1, bytes(privateKey));
    return new KeyPair(
        known,
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(number, known.getParams())));
  }

  @Test
  void theExampleOfTheStandardGivesTheSameBytes() throws Exception {
    var keys = new WebPushCipher.Keys(bytes(RECEIVER), bytes(AUTH));

    var message =
        WebPushCipher.encrypt(
            keys, TEXT.getBytes(StandardCharsets.UTF_8), pair(SENDER, SENDER_KEY), bytes(SALT));

    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(message)).isEqualTo(MESSAGE);
  }

  @Test
  void theReceiverDecryptsTheNotification() throws Exception {
    var receiver = new WebPushReceiver(pair(RECEIVER, RECEIVER_KEY), bytes(AUTH));
    var keys = WebPushCipher.Keys.of(new WebPushCipher.Keys(bytes(RECEIVER), bytes(AUTH)).bytes());

    var first = WebPushCipher.encrypt(keys, "grüße".getBytes(StandardCharsets.UTF_8));
    var second = WebPushCipher.encrypt(keys, "grüße".getBytes(StandardCharsets.UTF_8));

    assertThat(receiver.read(first)).isEqualTo("grüße");
    assertThat(receiver.read(second)).isEqualTo("grüße");
    assertThat(first).isNotEqualTo(second);
    assertThat(receiver.read(bytes(MESSAGE))).isEqualTo(TEXT);
  }

  @Test
  void aKeyThatIsNotAPointOfTheCurveIsRefused() {
    var wrong = bytes(RECEIVER);
    wrong[64]++;

    assertThatThrownBy(() -> new WebPushCipher.Keys(wrong, bytes(AUTH)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebPushCipher.Keys(bytes(RECEIVER), new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebPushCipher.Keys(new byte[33], bytes(AUTH)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
