package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtfyTest {
  @Test
  void theTopicIsInTheBodyAndTheRequestGoesToTheServer() {
    var delivery =
        new Ntfy()
            .delivery(
                URI.create("https://push.example.org/ntfy/ann-s_phone"),
                "tk_secret".getBytes(StandardCharsets.UTF_8),
                new Notification("garden", "bob: grüße", Optional.of("t-1")));

    assertThat(delivery.url()).isEqualTo(URI.create("https://push.example.org/ntfy/"));
    assertThat(delivery.headers()).containsEntry("authorization", "Bearer tk_secret");
    assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"topic\":\"ann-s_phone\",\"title\":\"garden\",\"message\":\"bob: grüße\",\"sequence_id\":\"t-1\"}");
  }

  @Test
  void aNotificationIsDeletedByItsSequence() {
    var delivery =
        new Ntfy()
            .withdrawal(
                URI.create("https://push.example.org/ntfy/ann-s_phone"),
                "tk_secret".getBytes(StandardCharsets.UTF_8),
                "t-1");

    assertThat(delivery.method()).isEqualTo("DELETE");
    assertThat(delivery.url())
        .isEqualTo(URI.create("https://push.example.org/ntfy/ann-s_phone/t-1"));
    assertThat(delivery.headers()).containsEntry("authorization", "Bearer tk_secret");
    assertThat(delivery.body()).isEmpty();
  }

  @Test
  void withoutATokenThereIsNoHeader() {
    var delivery =
        new Ntfy().delivery(URI.create("https://ntfy.sh/topic"), new byte[0], Notification.TEST);

    assertThat(delivery.url()).isEqualTo(URI.create("https://ntfy.sh/"));
    assertThat(delivery.headers()).containsOnlyKeys("content-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ntfy.sh",
        "https://ntfy.sh/",
        "https://ntfy.sh/a.b",
        "https://ntfy.sh/topic?auth=x",
        "https://ntfy.sh/topic/",
      })
  void otherUrlsNameNoTopic(String url) {
    assertThat(Ntfy.topic(URI.create(url))).isEmpty();
  }
}
