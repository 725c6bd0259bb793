package kith.node.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.Throttle;

/// Limits the wrong passwords that may be tried for one account. Each address and each known device
/// has attempts of its own, and all addresses together have more; a known device is never refused
/// because of others.
public final class PasswordGuard {
  private static final int MOST_CLIENTS = 10_000;

  /// The client that tries a password.
  ///
  /// @param isKnown true for a device that has been logged in to the account
  /// @param id of the device, or the network address
  public record Client(boolean isKnown, String id) {
    /// A client whose address is not known.
    public static final Client UNNAMED = new Client(false, "");

    public static Client device(String id) {
      return new Client(true, id);
    }

    public static Client network(ClientNetwork network) {
      return new Client(false, network.text());
    }
  }

  private final KeyedThrottle<Client> clients;
  private final KeyedThrottle<String> strangers;

  public PasswordGuard(Throttle perClient, Throttle allStrangers, Clock clock) {
    this.clients = new KeyedThrottle<>(perClient, clock, MOST_CLIENTS);
    this.strangers = new KeyedThrottle<>(allStrangers, clock, 1);
  }

  /// Counts a password as wrong before it is compared, so that no more are compared at the same
  /// time; or returns how long to wait and counts none.
  public Optional<Duration> take(Client client) {
    var wait = clients.take(client);
    if (wait.isPresent() || client.isKnown()) return wait;
    var all = strangers.take("all");
    if (all.isPresent()) clients.giveBack(client);
    return all;
  }

  /// The password was right, or was not compared.
  public void giveBack(Client client) {
    clients.giveBack(client);
    if (!client.isKnown()) strangers.giveBack("all");
  }

  /// True while wrong passwords count.
  public boolean isCounting() {
    return clients.isCounting() || strangers.isCounting();
  }
}
