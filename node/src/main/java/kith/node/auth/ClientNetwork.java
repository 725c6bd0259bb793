package kith.node.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// One client address for the purpose of limits: an IPv4 address, or an IPv6 /64, all of which one
/// subscriber controls.
public record ClientNetwork(ByteBuffer prefix) {
  public static ClientNetwork of(InetAddress address) {
    var bytes = address.getAddress();
    return new ClientNetwork(
        ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes));
  }

  /// The same text for every address of the network.
  public String text() {
    return HexFormat.of().formatHex(prefix.array());
  }
}
