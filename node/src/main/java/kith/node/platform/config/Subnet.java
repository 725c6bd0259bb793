package kith.node.platform.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Network addresses with a common prefix: `10.0.0.0/8`, or a single address.
public record Subnet(InetAddress first, int bits) {

  /// @throws IllegalArgumentException if the text is neither
  public static Subnet of(String text) {
    int slash = text.indexOf('/');
    var first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int longest = 8 * first.getAddress().length;
    int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > longest) throw new IllegalArgumentException(text);
    return new Subnet(first, bits);
  }

  /// The same network, spelled without the bits behind its prefix.
  public Subnet masked() {
    var bytes = first.getAddress();
    for (int bit = bits; bit < 8 * bytes.length; bit++) bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    try {
      return new Subnet(InetAddress.getByAddress(bytes), bits);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The network as text, such as `10.0.0.0/8`.
  public String text() {
    return first.getHostAddress() + "/" + bits;
  }

  public boolean contains(InetAddress address) {
    var ours = first.getAddress();
    var theirs = address.getAddress();
    if (ours.length != theirs.length) return false;
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) if (ours[i] != theirs[i]) return false;
    int mask = 0xff00 >> bits % 8 & 0xff;
    return mask == 0 || (ours[whole] & mask) == (theirs[whole] & mask);
  }
}
