package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.Tls;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private static final Tls FILES = new Tls(Path.of("c"), Path.of("k"), Optional.empty());

  private final Origins plain = origins(false, Optional.empty());
  private final Origins tls = origins(false, Optional.of(FILES));
  private final Origins behindAProxy = origins(true, Optional.empty());

  private static Origins origins(boolean secureCookies, Optional<Tls> tls) {
    return new Origins(
        new HttpSettings(
            "127.0.0.1",
            8080,
            List.of("https://allowed.example.org"),
            List.of(),
            List.of(),
            secureCookies,
            true,
            100,
            HttpSettings.Transport.AUTO,
            10_000,
            new HttpSettings.Requests(1, 1, 1, 1),
            HttpSettings.Readers.NOBODY,
            HttpSettings.Readers.NOBODY,
            tls,
            Optional.empty()));
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

    assertThat(plain.allowCookie(overPlain)).isTrue();
    assertThat(plain.allowCookie(overTls)).isFalse();
    for (var secure : List.of(tls, behindAProxy)) {
      assertThat(secure.allowCookie(overTls)).isTrue();
      assertThat(secure.allowCookie(overPlain)).isFalse();
    }
  }

  @Test
  void theDefaultPortMayBeGivenOrOmitted() {
    assertThat(tls.allowCookie(from("https://chat.example.org", "chat.example.org:443"))).isTrue();
    assertThat(tls.allowCookie(from("https://chat.example.org", "CHAT.example.org"))).isTrue();
    assertThat(plain.allowCookie(from("http://chat.example.org", "chat.example.org:80"))).isTrue();
    assertThat(tls.allowCookie(from("https://chat.example.org:80", "chat.example.org"))).isFalse();
  }

  @Test
  void onlyListedOriginsAreAllowedBesidesTheNodesOwn() {
    for (var origin :
        List.of(
            "https://evil.example.org",
            "https://chat.example.org.evil.example.org",
            "https://chat.example.org@evil.example.org",
            "null",
            "")) assertThat(tls.allowCookie(from(origin, "chat.example.org"))).as(origin).isFalse();
    assertThat(tls.allowCookie(from("https://allowed.example.org", "chat.example.org"))).isTrue();
    assertThat(tls.allowCookie(from("http://allowed.example.org", "chat.example.org"))).isFalse();
  }

  private static HttpRequest withoutOrigin(HttpMethod method, String... site) {
    var request =
        HttpRequest.create()
            .withMethod(method)
            .addHeader(RawHeader.create("Host", "chat.example.org"));
    for (var header : site) request = request.addHeader(RawHeader.create("Sec-Fetch-Site", header));
    return request;
  }

  @Test
  void aSafeRequestOfTheSameOriginNeedsNoOrigin() {
    for (var method : List.of(HttpMethods.GET, HttpMethods.HEAD)) {
      assertThat(tls.allowCookie(withoutOrigin(method, "same-origin"))).isTrue();
      // typed by the user; a browser that sends no site; a page of another port, or of another site
      assertThat(tls.allowCookie(withoutOrigin(method, "none"))).isTrue();
      assertThat(tls.allowCookie(withoutOrigin(method))).isTrue();
      assertThat(tls.allowCookie(withoutOrigin(method, "same-site"))).isFalse();
      assertThat(tls.allowCookie(withoutOrigin(method, "cross-site"))).isFalse();
    }
  }

  @Test
  void aRequestThatChangesSomethingNeedsProofOfItsOrigin() {
    for (var method :
        List.of(HttpMethods.POST, HttpMethods.PUT, HttpMethods.PATCH, HttpMethods.DELETE)) {
      assertThat(tls.allowCookie(withoutOrigin(method, "same-origin"))).isTrue();
      assertThat(tls.allowCookie(withoutOrigin(method))).isFalse();
      for (var site : List.of("none", "same-site", "cross-site"))
        assertThat(tls.allowCookie(withoutOrigin(method, site))).as(site).isFalse();
    }
  }

  @Test
  void aSocketWithACookieNeedsAnOrigin() {
    var silent = withoutOrigin(HttpMethods.GET, "same-origin");
    var own = from("https://chat.example.org", "chat.example.org");
    var other = from("https://evil.example.org", "chat.example.org");

    assertThat(tls.allowSocketWithCookie(silent)).isFalse();
    assertThat(tls.allowSocketWithCookie(own)).isTrue();
    assertThat(tls.allowSocketWithCookie(other)).isFalse();
    assertThat(tls.allowIfSaid(silent)).isTrue();
    assertThat(tls.allowIfSaid(own)).isTrue();
    assertThat(tls.allowIfSaid(other)).isFalse();
  }
}
