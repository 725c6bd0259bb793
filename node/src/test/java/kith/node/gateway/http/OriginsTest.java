package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.NodeSettings;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private static final NodeSettings.Tls FILES =
      new NodeSettings.Tls(Path.of("c"), Path.of("k"), Optional.empty());

  private final Origins plain = origins(false, Optional.empty());
  private final Origins tls = origins(false, Optional.of(FILES));
  private final Origins behindAProxy = origins(true, Optional.empty());

  private static Origins origins(boolean secureCookies, Optional<NodeSettings.Tls> tls) {
    return new Origins(
        new NodeSettings.Http(
            "127.0.0.1",
            8080,
            List.of("https://allowed.example.org"),
            List.of(),
            secureCookies,
            100,
            10_000,
            new NodeSettings.Requests(1, 1, 1, 1),
            NodeSettings.MetricsReaders.NOBODY,
            tls));
  }

  private static HttpRequest from(String origin, String host) {
    return HttpRequest.create()
        .addHeader(RawHeader.create("Host", host))
        .addHeader(RawHeader.create("Origin", origin));
  }

  @Test
  void onlyPagesOfTheSameSchemeAreTheNodesOwn() {
    var overTls = from("https://chat.example.org:8080", "chat.example.org:8080");
    var overPlain = from("http://chat.example.org:8080", "chat.example.org:8080");

    assertThat(plain.allow(overPlain)).isTrue();
    assertThat(plain.allow(overTls)).isFalse();
    for (var secure : List.of(tls, behindAProxy)) {
      assertThat(secure.allow(overTls)).isTrue();
      assertThat(secure.allow(overPlain)).isFalse();
    }
  }

  @Test
  void theDefaultPortMayBeGivenOrOmitted() {
    assertThat(tls.allow(from("https://chat.example.org", "chat.example.org:443"))).isTrue();
    assertThat(tls.allow(from("https://chat.example.org", "CHAT.example.org"))).isTrue();
    assertThat(plain.allow(from("http://chat.example.org", "chat.example.org:80"))).isTrue();
    assertThat(tls.allow(from("https://chat.example.org:80", "chat.example.org"))).isFalse();
  }

  @Test
  void onlyListedOriginsAreAllowedBesidesTheNodesOwn() {
    for (var origin :
        List.of(
            "https://evil.example.org",
            "https://chat.example.org.evil.example.org",
            "https://chat.example.org@evil.example.org",
            "null",
            "")) assertThat(tls.allow(from(origin, "chat.example.org"))).as(origin).isFalse();
    assertThat(tls.allow(from("https://allowed.example.org", "chat.example.org"))).isTrue();
    assertThat(tls.allow(from("http://allowed.example.org", "chat.example.org"))).isFalse();
  }

  @Test
  void aRequestWithoutAnOriginIsAllowedOnlyWhereItIsOptional() {
    var request = HttpRequest.create().addHeader(RawHeader.create("Host", "chat.example.org"));

    assertThat(tls.allowIfSaid(request)).isTrue();
    assertThat(tls.allow(request)).isFalse();
  }
}
