package kith.node.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.config.HttpSettings;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.Host;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;

/// The host names under which clients may address this node.
///
/// A page of any site can make its own name point to 127.0.0.1 (DNS rebinding). Its requests then
/// reach this node from the reader's own machine, and count as requests of a page of the node. They
/// cannot pretend to be addressed to another name, so an unknown name in `Host` reveals them.
/// Addresses, `localhost` and names without a dot are accepted, because no site can make them its
/// own.
///
/// Without a list, only requests from this machine are checked, where no proxy is known and no TLS
/// certificate states the name: a node that others reach has no list of its names in their networks
/// or of its proxies.
final class Hosts {
  private final Set<String> names;
  private final boolean checksEverybody;
  private final boolean checksLoopback;

  private Hosts(Set<String> names, boolean checksEverybody, boolean checksLoopback) {
    this.names = names;
    this.checksEverybody = checksEverybody;
    this.checksLoopback = checksLoopback;
  }

  /// @param own other names of this node, such as the one that it listens on
  static Hosts ofClients(HttpSettings settings, List<String> own) {
    var isListed = !settings.allowedHosts().isEmpty();
    return new Hosts(
        names(settings.allowedHosts(), own),
        isListed,
        isListed || (settings.trustedProxies().isEmpty() && settings.tls().isEmpty()));
  }

  /// Operators' programs use names of their own network; those on this machine need none.
  static Hosts ofOperators(HttpSettings settings, List<String> own) {
    return new Hosts(names(settings.allowedHosts(), own), false, true);
  }

  private static Set<String> names(List<String> listed, List<String> own) {
    return Stream.concat(listed.stream(), own.stream())
        .map(Hosts::canonical)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean allow(HttpRequest request) {
    var isChecked = checksEverybody || (checksLoopback && isFromThisMachine(request));
    // of the request line or, as usual, of the header `Host`; if both are there, they are equal
    return !isChecked || isOurs(request.getUri().host());
  }

  private boolean isOurs(Host host) {
    if (host.isIPv4() || host.isIPv6()) return true;
    var name = canonical(host.address());
    return !name.contains(".") || name.endsWith(".localhost") || names.contains(name);
  }

  /// A proxy on this machine counts too: it is trusted only if it is listed.
  private static boolean isFromThisMachine(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(RemoteAddress::getAddress)
        .map(address -> address.isLoopbackAddress())
        .orElse(true);
  }

  private static String canonical(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
