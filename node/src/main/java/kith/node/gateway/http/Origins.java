package kith.node.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kith.node.platform.config.NodeSettings;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Which web pages may act with the cookies that a browser keeps for this node: its own, and those
/// listed in `cluster.conf`.
public final class Origins {

  private final List<String> allowed;
  private final String scheme;

  /// Behind a proxy that ends TLS a node does not see its own scheme: that it wants secure cookies
  /// tells it.
  public Origins(NodeSettings.Http settings) {
    this.allowed = settings.allowedOrigins();
    this.scheme = settings.secureCookies() ? "https" : "http";
  }

  /// No browser made this request, or a page that may.
  public boolean allowIfSaid(HttpRequest request) {
    return header(request, "Origin").map(origin -> allow(origin, request)).orElse(true);
  }

  /// A page that may made this request: what cookies alone authenticate needs it.
  public boolean allow(HttpRequest request) {
    return header(request, "Origin").map(origin -> allow(origin, request)).orElse(false);
  }

  private boolean allow(String origin, HttpRequest request) {
    return allowed.stream().anyMatch(origin::equalsIgnoreCase)
        || header(request, "Host").filter(host -> isOwn(origin, host)).isPresent();
  }

  /// A page that came over another scheme is another's: over plain HTTP anybody in between writes
  /// it.
  private boolean isOwn(String origin, String host) {
    return withoutDefaultPort(lower(origin))
        .equals(withoutDefaultPort(scheme + "://" + lower(host)));
  }

  /// Browsers leave the port away from an origin where it goes without saying.
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
