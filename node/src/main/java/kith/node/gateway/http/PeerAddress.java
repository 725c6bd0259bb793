package kith.node.gateway.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.HttpSettings.Readers;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;

/// The address at the other end of the connection.
final class PeerAddress {
  private static final List<String> PROXIES =
      List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");

  private PeerAddress() {}

  /// Empty if the request came through a proxy: then the address does not identify the caller.
  static Optional<InetAddress> of(HttpRequest request) {
    for (var header : request.getHeaders())
      if (PROXIES.contains(header.lowercaseName())) return Optional.empty();
    return request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress);
  }

  /// Whether this request may read an endpoint for operators.
  static boolean isAmong(Readers readers, HttpRequest request) {
    return switch (readers) {
      case NOBODY -> false;
      case LOOPBACK -> isLoopback(request);
      case PRIVATE -> of(request).filter(PeerAddress::isPrivate).isPresent();
      case EVERYBODY -> true;
    };
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || isUniqueLocal(address.getAddress());
  }

  /// fc00::/7, for which `InetAddress` has no check.
  private static boolean isUniqueLocal(byte[] address) {
    return address.length == 16 && (address[0] & 0xfe) == 0xfc;
  }

  static boolean isLoopback(HttpRequest request) {
    return of(request).filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
