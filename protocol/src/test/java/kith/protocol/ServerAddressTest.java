package kith.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The server addresses that are accepted, and their schemes.
class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "example.org, https://example.org",
    "example.org:8443/, https://example.org:8443",
    "' chat.example.org ', https://chat.example.org",
    "192.0.2.7:8080, https://192.0.2.7:8080",
    "localhost:8080, http://localhost:8080",
    "127.0.0.1:8080, http://127.0.0.1:8080",
    "127.1.2.3, http://127.1.2.3",
    "[::1]:8080, http://[::1]:8080",
    "https://example.org/, https://example.org",
    "HTTPS://example.org/chat/, https://example.org/chat",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://LocalHost, http://LocalHost",
  })
  void anAddressWithoutASchemeIsHttpsExceptOnThisMachine(String typed, String address) {
    assertThat(ServerAddress.of(typed, false)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "HTTP://192.168.1.5:8080",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "http://[::2]:8080",
      })
  void plainHttpToAnotherMachineIsRefusedUnlessAllowed(String typed) {
    assertThatThrownBy(() -> ServerAddress.of(typed, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without encryption")
        .hasMessageContaining("--allow-plain-http");
    assertThat(ServerAddress.of(typed, true)).startsWith("http://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a server",
        "ftp://example.org",
        "http:example.org",
        "http://",
        "http://127.0.0.1@example.org",
        "https://example.org?room=1",
        "https://example.org#room",
        "/v1",
        "http://127.0.0.256",
      })
  void aTextThatIsNotAServerIsRefused(String typed) {
    assertThatThrownBy(() -> ServerAddress.of(typed, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A server address looks like https://host:port, not like '");
  }

  @Test
  void aPermissionForPlainHttpDoesNotChangeTheDefault() {
    assertThat(ServerAddress.of("example.org", true)).isEqualTo("https://example.org");
  }
}
