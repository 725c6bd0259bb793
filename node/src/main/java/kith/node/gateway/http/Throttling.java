package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.ClientNetwork;
import kith.node.auth.LoginThrottle;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Tokens.Access;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses requests that need a slow hash while their address or account has asked for too many.
public final class Throttling {
  private static final Logger LOG = LoggerFactory.getLogger(Throttling.class);

  private final LoginThrottle throttle;
  private final ClientAddress clients;

  public Throttling(LoginThrottle throttle, ClientAddress clients) {
    this.throttle = throttle;
    this.clients = clients;
  }

  /// Limits a request with a password of an account.
  public Route password(Supplier<Route> inner) {
    return limited("Password", throttle::take, inner);
  }

  /// Limits a log-in.
  ///
  /// @param known the device from which the client was logged in to the account before
  public Route logIn(Optional<String> known, Function<Client, Route> inner) {
    return extractRequest(request -> {
      var client =
          known
              .map(Client::device)
              .orElseGet(() -> Client.network(ClientNetwork.of(clients.of(request))));
      return limited(
          "Log-in",
          address -> known.map(throttle::takeKnown).orElseGet(() -> throttle.take(address)),
          () -> inner.apply(client));
    });
  }

  Route signUp(Supplier<Route> inner) {
    return limited("Sign-up", throttle::takeSignUp, inner);
  }

  /// Limits a request that sets or tries a passcode.
  Route passcode(Access caller, Supplier<Route> inner) {
    return limited("Passcode", address -> throttle.takePasscode(address, caller.user()), inner);
  }

  private Route limited(
      String what, Function<InetAddress, Optional<Duration>> take, Supplier<Route> inner) {
    return extractRequest(request -> {
      var address = clients.of(request);
      var wait = take.apply(address);
      if (wait.isEmpty()) return inner.get();
      LOG.info("{} throttled for address {}", what, address.getHostAddress());
      return complete(
          Problems.response(
              Code.TOO_MANY_ATTEMPTS, OptionalLong.of(Math.max(1, wait.get().toMillis()))));
    });
  }
}
