package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  /// Computed with Python's hmac, from the secret, id, time and body of the specification's
  /// examples.
  @Test
  void theSignatureMatchesAKnownExample() {
    var secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    var headers =
        WebhookSignature.headers(
            secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330),
            "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsShownAsTheSpecificationAsks() {
    var secret = WebhookSignature.newSecret();

    assertThat(WebhookSignature.shown(secret)).startsWith("whsec_");
    assertThat(secret).hasSize(32).isNotEqualTo(WebhookSignature.newSecret());
  }
}
