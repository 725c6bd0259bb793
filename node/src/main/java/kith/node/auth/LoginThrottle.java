package kith.node.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import kith.node.platform.config.NodeSettings.Throttle;

/// Limits what strangers may ask of this node: log-ins and sign-ups of each address, and sign-ups
/// of all addresses together. Safe for use by many threads.
public final class LoginThrottle {

  private static final int MOST_ADDRESSES = 100_000;

  private final KeyedThrottle<ByteBuffer> addresses;
  private final KeyedThrottle<String> signUps;

  public LoginThrottle(Throttle perAddress, Throttle signUps, Clock clock) {
    this(perAddress, signUps, clock, MOST_ADDRESSES);
  }

  LoginThrottle(Throttle perAddress, Throttle signUps, Clock clock, int most) {
    this.addresses = new KeyedThrottle<>(perAddress, clock, most);
    this.signUps = new KeyedThrottle<>(signUps, clock, 1);
  }

  /// Counts an attempt, or returns how long to wait and counts none.
  public Optional<Duration> take(InetAddress address) {
    return addresses.take(key(address));
  }

  /// The same for a sign-up. An address that has to wait takes nothing from the total.
  public Optional<Duration> takeSignUp(InetAddress address) {
    return take(address).or(() -> signUps.take("all"));
  }

  int size() {
    return addresses.size();
  }

  /// One subscriber controls a whole IPv6 /64.
  private static ByteBuffer key(InetAddress address) {
    var bytes = address.getAddress();
    return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }
}
