package kith.node.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kith.node.platform.config.HttpSettings;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// The origins whose pages may use the cookies of this node: its own, and those listed in
/// `cluster.conf`.
///
/// Browsers send `Origin` with every request that may change something, with every request of a
/// page of another origin whose answer the page can read, and with every WebSocket handshake. They
/// send none with a GET of a page of the same origin.
public final class Origins {

  private final List<String> listed;
  private final String scheme;

  /// Behind a proxy that ends TLS a node does not see its own scheme. The setting for secure
  /// cookies implies https.
  public Origins(HttpSettings settings) {
    this.listed = settings.allowedOrigins();
    this.scheme = settings.secureCookies() ? "https" : "http";
  }

  /// True if the request has no Origin header or an allowed one.
  public boolean allowIfSaid(HttpRequest request) {
    return origin(request).map(origin -> isAllowed(origin, request)).orElse(true);
  }

  /// True if the request has an allowed Origin. A WebSocket handshake with a cookie needs it: it is
  /// a GET, but its page reads all later frames.
  public boolean allowSocketWithCookie(HttpRequest request) {
    return origin(request).map(origin -> isAllowed(origin, request)).orElse(false);
  }

  /// Whether an allowed page made this request, which is authenticated by a cookie.
  public boolean allowCookie(HttpRequest request) {
    return origin(request)
        .map(origin -> isAllowed(origin, request))
        .orElseGet(() -> allowWithoutOrigin(request));
  }

  /// `Sec-Fetch-Site` cannot be set by pages. Browsers send it over https and to loopback only;
  /// elsewhere `SameSite=Strict` keeps the cookies out of requests of other sites. The only
  /// remaining case is a GET of a page of the same site, such as another port of this host: it
  /// changes nothing, and the page cannot read the answer.
  private static boolean allowWithoutOrigin(HttpRequest request) {
    var isSafe = request.method().isSafe();
    return header(request, "Sec-Fetch-Site")
        .map(site -> site.equals("same-origin") || (isSafe && site.equals("none")))
        .orElse(isSafe);
  }

  /// The request's origin, if it is listed in `cluster.conf`.
  Optional<String> listed(HttpRequest request) {
    return origin(request).filter(this::isListed);
  }

  /// True if no origin other than the node's own may use its answers.
  boolean listsNone() {
    return listed.isEmpty();
  }

  static Optional<String> origin(HttpRequest request) {
    return header(request, "Origin");
  }

  private boolean isAllowed(String origin, HttpRequest request) {
    return isListed(origin)
        || header(request, "Host").filter(host -> isOwn(origin, host)).isPresent();
  }

  private boolean isListed(String origin) {
    return listed.stream().anyMatch(origin::equalsIgnoreCase);
  }

  /// The scheme must match too: a page sent over plain HTTP can be changed on the way.
  private boolean isOwn(String origin, String host) {
    return withoutDefaultPort(lower(origin))
        .equals(withoutDefaultPort(scheme + "://" + lower(host)));
  }

  /// Browsers omit the default port from an origin.
  private String withoutDefaultPort(String origin) {
    var port = scheme.equals("https") ? ":443" : ":80";
    return origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin;
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
