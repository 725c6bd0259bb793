package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.org", "HTTPS://example.org:8443/a?b=c", "http://[::1]:9/x"})
  void urlsOfReceiversAreAccepted(String url) {
    assertThat(ReceiverUrl.of(url)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://Example.ORG:443/A?b=C, https://example.org/A?b=C",
    "http://example.org:80, http://example.org",
    "http://example.org:443/%61, http://example.org:443/%61",
    "http://[::1]:9/x, http://[::1]:9/x"
  })
  void aReceiverHasOneSpelling(String url, String normal) {
    assertThat(ReceiverUrl.of(url).map(URI::toString)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:70000/",
        "https://example.org/a b",
        "https://example.org/\r\nx: y",
        "https://exämple.org/",
      })
  void otherUrlsAreRefused(String text) {
    assertThat(ReceiverUrl.of(text)).isEmpty();
  }
}
