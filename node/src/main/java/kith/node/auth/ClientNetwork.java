package kith.node.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// One client address for the purpose of limits: an IPv4 address, or an IPv6 /64, all of which one
/// subscriber controls.
///
/// @param text the same for every address of the network
public record ClientNetwork(String text) {
  public static ClientNetwork of(InetAddress address) {
    var bytes = address.getAddress();
    return new ClientNetwork(
        HexFormat.of()
            .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes));
  }
}
