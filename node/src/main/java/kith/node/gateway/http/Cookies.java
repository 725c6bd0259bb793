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
///
/// Over HTTPS their names start with `__Host-`. Browsers accept such a cookie only over HTTPS, from
/// this host itself and for all its paths, so neither a page of a sibling domain nor an attacker on
/// the network can replace a user's tokens.
final class Cookies {

  private static final String ACCESS = "kith_access";
  private static final String REFRESH = "kith_refresh";
  private static final String ONLY_THIS_HOST = "__Host-";

  private final boolean secure;
  private final String accessName;
  private final String refreshName;
  private final String accessPath;
  private final String refreshPath;

  Cookies(boolean secure) {
    this.secure = secure;
    this.accessName = secure ? ONLY_THIS_HOST + ACCESS : ACCESS;
    this.refreshName = secure ? ONLY_THIS_HOST + REFRESH : REFRESH;
    this.accessPath = secure ? "/" : "/v1";
    // also sent with a log-in, where it shows that the browser was logged in before
    this.refreshPath = secure ? "/" : "/v1/tokens";
  }

  Optional<String> access(HttpRequest request) {
    return value(request, accessName);
  }

  Optional<String> refresh(HttpRequest request) {
    return value(request, refreshName);
  }

  /// @param knownFor the time for which the browser keeps its refresh token, which may expire
  ///   before
  List<HttpHeader> of(Tokens.Pair tokens, Duration knownFor, Instant now) {
    return List.of(
        cookie(accessName, tokens.access(), accessPath, left(tokens.accessExpires(), now)),
        cookie(refreshName, tokens.refresh(), refreshPath, knownFor.toSeconds()));
  }

  /// Deletes the cookies in the browser.
  List<HttpHeader> none() {
    return List.of(cookie(accessName, "", accessPath, 0), cookie(refreshName, "", refreshPath, 0));
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
