package kith.node.feature.courier;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import kith.node.platform.config.Subnet;

/// The addresses to which the node may connect for its users. A user names a receiver, so without
/// this rule a user could make the node send requests to every address that it reaches: to itself,
/// to the operator's network, or to the metadata service of a cloud.
///
/// @param allowed networks that an operator allows although they are not public
public record AddressPolicy(List<Subnet> allowed) {
  /// Networks that are not public, or reach one that is not (IANA special-purpose registries, RFC
  /// 6890).
  private static final List<Subnet> INSIDE =
      List.of(
          subnet("0.0.0.0/8"),
          subnet("10.0.0.0/8"),
          subnet("100.64.0.0/10"),
          subnet("127.0.0.0/8"),
          subnet("169.254.0.0/16"),
          subnet("172.16.0.0/12"),
          subnet("192.0.0.0/24"),
          subnet("192.0.2.0/24"),
          subnet("192.88.99.0/24"),
          subnet("192.168.0.0/16"),
          subnet("198.18.0.0/15"),
          subnet("198.51.100.0/24"),
          subnet("203.0.113.0/24"),
          subnet("224.0.0.0/4"),
          subnet("240.0.0.0/4"));

  /// Of IPv6, only global unicast is public, without these parts of it.
  private static final Subnet GLOBAL_UNICAST = subnet("2000::/3");

  private static final List<Subnet> NOT_GLOBAL =
      List.of(subnet("2001::/23"), subnet("2001:db8::/32"), subnet("3fff::/20"));

  /// 6to4 and NAT64: the IPv4 address inside decides.
  private static final Subnet SIX_TO_FOUR = subnet("2002::/16");

  private static final Subnet NAT64 = subnet("64:ff9b::/96");

  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /// The verdict on an address.
  public enum Verdict {
    /// The address is public.
    PUBLIC,
    /// The address is not public, but the operator allows it.
    PRIVATE,
    REFUSED
  }

  public Verdict of(InetAddress address) {
    if (allowed.stream().anyMatch(network -> network.contains(address))) return Verdict.PRIVATE;
    return isPublic(address) ? Verdict.PUBLIC : Verdict.REFUSED;
  }

  private static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> INSIDE.stream().noneMatch(network -> network.contains(four));
      case Inet6Address six -> isPublic(six);
      default -> false;
    };
  }

  private static boolean isPublic(Inet6Address address) {
    var bytes = address.getAddress();
    if (SIX_TO_FOUR.contains(address)) return isPublic(four(bytes, 2));
    if (NAT64.contains(address)) return isPublic(four(bytes, 12));
    // also refuses ::1, IPv4-mapped addresses, fc00::/7, fe80::/10 and ff00::/8
    return GLOBAL_UNICAST.contains(address)
        && NOT_GLOBAL.stream().noneMatch(network -> network.contains(address));
  }

  private static InetAddress four(byte[] bytes, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Subnet subnet(String text) {
    return Subnet.of(text);
  }
}
