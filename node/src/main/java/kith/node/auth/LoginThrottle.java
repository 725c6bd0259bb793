package kith.node.auth;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.Throttle;

/// Limits the slow hashes that each address, each account, and all sign-ups together may ask of
/// this node. Safe for use by many threads.
public final class LoginThrottle {

  public static final int MOST_KEYS = 100_000;

  private final KeyedThrottle<ClientNetwork> addresses;
  private final KeyedThrottle<String> devices;
  private final KeyedThrottle<String> signUps;

  // apart from log-ins, so that people behind one address who join a room can still log in
  private final KeyedThrottle<ClientNetwork> passcodeAddresses;
  private final KeyedThrottle<String> passcodeAccounts;

  public LoginThrottle(Throttle perAddress, Throttle perAccount, Throttle signUps, Clock clock) {
    this(perAddress, perAccount, signUps, clock, MOST_KEYS);
  }

  LoginThrottle(Throttle perAddress, Throttle perAccount, Throttle signUps, Clock clock, int most) {
    this.addresses = new KeyedThrottle<>(perAddress, clock, most);
    this.devices = new KeyedThrottle<>(perAccount, clock, most);
    this.passcodeAddresses = new KeyedThrottle<>(perAddress, clock, most);
    this.passcodeAccounts = new KeyedThrottle<>(perAccount, clock, most);
    this.signUps = new KeyedThrottle<>(signUps, clock, 1);
  }

  /// Counts an attempt, or returns how long to wait and counts none.
  public Optional<Duration> take(InetAddress address) {
    return addresses.take(ClientNetwork.of(address));
  }

  /// The same for a log-in of a device that the account knows: requests of others from its address
  /// do not count.
  public Optional<Duration> takeKnown(String device) {
    return devices.take(device);
  }

  /// The same for a sign-up. An address that has to wait takes nothing from the total.
  public Optional<Duration> takeSignUp(InetAddress address) {
    return take(address).or(() -> signUps.take("all"));
  }

  /// The same for a passcode that an account sets or tries.
  public Optional<Duration> takePasscode(InetAddress address, String account) {
    return passcodeAccounts
        .take(account)
        .or(() -> passcodeAddresses.take(ClientNetwork.of(address)));
  }

  int size() {
    return addresses.size();
  }
}
