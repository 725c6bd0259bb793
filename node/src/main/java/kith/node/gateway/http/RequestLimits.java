package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import kith.node.auth.RequestThrottle;
import kith.node.auth.Tokens.Access;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/// Refuses requests of addresses and accounts that send too many.
public final class RequestLimits {
  /// The paths without this limit: sockets have their own limits, and only operators' programs
  /// request the others.
  private static final Set<List<String>> UNLIMITED =
      Set.of(
          List.of("v1", "socket"),
          List.of("alive"),
          List.of("ready"),
          List.of("metrics"),
          List.of("cluster"));

  private final RequestThrottle throttle;
  private final ClientAddress clients;

  public RequestLimits(RequestThrottle throttle, ClientAddress clients) {
    this.throttle = throttle;
    this.clients = clients;
  }

  /// The routes, unless the client's address has sent too many requests.
  public Route perAddress(List<Route> routes) {
    var inner = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
    return extractRequest(request ->
        isUnlimited(request) ? inner : unless(throttle.take(clients.of(request)), () -> inner));
  }

  /// Runs `inner` unless the account has sent too many requests.
  Route perAccount(Access caller, Supplier<Route> inner) {
    return unless(throttle.take(caller.user()), inner);
  }

  // the path is compared as the routes see it, so that no spelling of it avoids the limit
  private static boolean isUnlimited(HttpRequest request) {
    var path = StreamSupport.stream(request.getUri().pathSegments().spliterator(), false).toList();
    return UNLIMITED.contains(path);
  }

  private static Route unless(Optional<Duration> wait, Supplier<Route> inner) {
    return wait.map(time ->
            complete(
                Problems.response(
                    Code.RATE_LIMITED, OptionalLong.of(Math.max(1, time.toMillis())))))
        .orElseGet(inner);
  }
}
