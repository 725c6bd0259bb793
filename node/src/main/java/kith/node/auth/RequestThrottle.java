package kith.node.auth;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.HttpSettings;

/// Limits the requests that each account and each address may send to this node. Safe for use by
/// many threads.
public final class RequestThrottle {
  private final KeyedThrottle<String> accounts;
  private final KeyedThrottle<ClientNetwork> addresses;

  public RequestThrottle(HttpSettings.Requests settings, Clock clock) {
    this.accounts = new KeyedThrottle<>(settings.perAccount(), clock, LoginThrottle.MOST_KEYS);
    this.addresses = new KeyedThrottle<>(settings.perAddress(), clock, LoginThrottle.MOST_KEYS);
  }

  /// Counts a request of this account, or returns how long to wait and counts none.
  public Optional<Duration> take(String account) {
    return accounts.take(account);
  }

  /// The same for a request from this address.
  public Optional<Duration> take(InetAddress address) {
    return addresses.take(ClientNetwork.of(address));
  }
}
