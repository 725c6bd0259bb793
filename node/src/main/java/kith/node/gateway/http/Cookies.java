package kith.node.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import kith.node.auth.Tokens;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.apache.pekko.http.javadsl.model.headers.HttpCookie;
import org.apache.pekko.http.javadsl.model.headers.SameSite;
import org.apache.pekko.http.javadsl.model.headers.SetCookie;

/// The cookies in which a browser carries tokens that its pages cannot read.
final class Cookies {

  private static final String ACCESS = "kith_access";
  private static final String REFRESH = "kith_refresh";
  private static final String ACCESS_PATH = "/v1";
  // also sent with a log-in, where it shows that the browser was logged in before
  private static final String REFRESH_PATH = "/v1/tokens";

  private final boolean secure;
  private final Duration knownFor;

  /// @param knownFor how long the browser keeps its refresh token, which may expire before
  Cookies(boolean secure, Duration knownFor) {
    this.secure = secure;
    this.knownFor = knownFor;
  }

  static Optional<String> access(HttpRequest request) {
    return value(request, ACCESS);
  }

  static Optional<String> refresh(HttpRequest request) {
    return value(request, REFRESH);
  }

  List<HttpHeader> of(Tokens.Pair tokens, Instant now) {
    return List.of(
        cookie(ACCESS, tokens.access(), ACCESS_PATH, left(tokens.accessExpires(), now)),
        cookie(REFRESH, tokens.refresh(), REFRESH_PATH, knownFor.toSeconds()));
  }

  /// Deletes the cookies in the browser.
  List<HttpHeader> none() {
    return List.of(cookie(ACCESS, "", ACCESS_PATH, 0), cookie(REFRESH, "", REFRESH_PATH, 0));
  }

  private HttpHeader cookie(String name, String value, String path, long seconds) {
    return SetCookie.create(
        HttpCookie.create(name, value)
            .withPath(path)
            .withMaxAge(seconds)
            .withHttpOnly(true)
            .withSecure(secure)
            .withSameSite(SameSite.Strict));
  }

  private static long left(Instant expires, Instant now) {
    return Math.max(0, Duration.between(now, expires).toSeconds());
  }

  private static Optional<String> value(HttpRequest request, String name) {
    return StreamSupport.stream(request.getHeaders(Cookie.class).spliterator(), false)
        .flatMap(header -> StreamSupport.stream(header.getCookies().spliterator(), false))
        .filter(pair -> pair.name().equals(name))
        .map(pair -> pair.value())
        .findFirst();
  }
}
