package kith.node.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kith.node.platform.config.NodeSettings;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// The origins whose pages may use the cookies of this node: its own, and those listed in
/// `cluster.conf`.
public final class Origins {

  private final List<String> allowed;
  private final String scheme;

  /// Behind a proxy that ends TLS a node does not see its own scheme. The setting for secure
  /// cookies implies https.
  public Origins(NodeSettings.Http settings) {
    this.allowed = settings.allowedOrigins();
    this.scheme = settings.secureCookies() ? "https" : "http";
  }

  /// True if the request has no Origin header or an allowed one.
  public boolean allowIfSaid(HttpRequest request) {
    return header(request, "Origin").map(origin -> allow(origin, request)).orElse(true);
  }

  /// True if the request has an allowed Origin; required of requests authenticated by a cookie.
  public boolean allow(HttpRequest request) {
    return header(request, "Origin").map(origin -> allow(origin, request)).orElse(false);
  }

  private boolean allow(String origin, HttpRequest request) {
    return allowed.stream().anyMatch(origin::equalsIgnoreCase)
        || header(request, "Host").filter(host -> isOwn(origin, host)).isPresent();
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
