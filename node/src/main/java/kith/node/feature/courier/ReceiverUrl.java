package kith.node.feature.courier;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kith.protocol.Lengths;

/// The URL of a receiver, as its user gives it.
public final class ReceiverUrl {
  private ReceiverUrl() {}

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /// In one spelling for scheme, host and port (RFC 3986, section 6.2.3), so that a receiver is
  /// recognized. Empty if it is not a URL of a receiver.
  public static Optional<URI> of(String text) {
    if (!Lengths.isWithin(text, Lengths.VERSION_1.picture())) return Optional.empty();
    if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) return Optional.empty();
    try {
      var url = new URI(text);
      var isGood =
          url.getScheme() != null
              && SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && url.getPort() != 0
              && url.getPort() <= 65535;
      return isGood ? Optional.of(normal(url)) : Optional.empty();
    } catch (URISyntaxException wrong) {
      return Optional.empty();
    }
  }

  private static URI normal(URI url) {
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    var isUsual = url.getPort() == (scheme.equals("https") ? 443 : 80);
    var port = url.getPort() < 0 || isUsual ? "" : ":" + url.getPort();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var host = url.getHost().toLowerCase(Locale.ROOT);
    return URI.create(scheme + "://" + host + port + url.getRawPath() + query);
  }
}
