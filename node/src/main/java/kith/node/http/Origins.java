package kith.node.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Which web pages may act with the cookies that a browser keeps for this node: its own, and those
/// listed in `cluster.conf`.
public final class Origins {

  private final List<String> allowed;

  public Origins(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
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
        || authority(origin).equals(header(request, "Host").map(Origins::lower));
  }

  // the scheme is left out: behind a proxy that ends TLS the node does not know its own
  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority()).map(Origins::lower);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
