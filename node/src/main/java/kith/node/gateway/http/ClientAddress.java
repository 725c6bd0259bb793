package kith.node.gateway.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Subnet;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;

/// The client address of a request: the connecting address or, if that is a trusted proxy, the
/// address it names in `X-Forwarded-For`.
public final class ClientAddress {
  private static final String HEADER = "x-forwarded-for";

  private final List<Subnet> proxies;

  public ClientAddress(List<Subnet> proxies) {
    this.proxies = proxies;
  }

  public InetAddress of(HttpRequest request) {
    var address =
        request
            .getAttribute(AttributeKeys.remoteAddress)
            .flatMap(RemoteAddress::getAddress)
            .orElseGet(InetAddress::getLoopbackAddress);
    // from last to first: only entries that trusted proxies added count
    for (var named : forwardedFor(request).reversed()) {
      if (!isProxy(address)) break;
      var before = literal(named);
      if (before.isEmpty()) break;
      address = before.get();
    }
    return address;
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  private static List<String> forwardedFor(HttpRequest request) {
    var named = new ArrayList<String>();
    for (var header : request.getHeaders())
      if (header.lowercaseName().equals(HEADER))
        for (var name : header.value().split(",", -1)) named.add(name.strip());
    return named;
  }

  /// Parses an address; some proxies add the port.
  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text.replaceFirst("^([0-9.]+|\\[.*]):\\d+$", "$1")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
