package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;
import kith.node.gateway.http.ClientAddress;
import kith.node.gateway.http.Problems;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/// Refuses requests of banned networks, and changes in maintenance.
///
/// Both decisions are made on this node's copy of the server's condition, so a request needs no
/// query of the database.
record ServerGuard(ConditionWatch.Copy copy, ClientAddress clients, Clock clock) {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /// The requests that are allowed in maintenance: logging in and out, also with an identity
  /// provider, and administration.
  private static final Set<String> ALLOWED = Set.of("tokens", "devices", "identity", "admin");

  Route guarded(Route inner) {
    return extractRequest(request -> {
      var condition = copy.now();
      if (condition.bans(clients.of(request), clock.instant()))
        return Problems.route(Code.NETWORK_BANNED);
      return condition
          .maintenance()
          .filter(_ -> isChange(request))
          .<Route>map(it ->
              complete(
                  Problems.response(
                      Code.MAINTENANCE,
                      it.sentence(),
                      OptionalLong.of(Intervals.MAINTENANCE_RETRY.toMillis()))))
          .orElse(inner);
    });
  }

  // the path is compared as the routes see it, so that no spelling of it avoids the refusal
  private static boolean isChange(HttpRequest request) {
    return !READS.contains(request.method().value()) && !isAllowed(path(request));
  }

  static boolean isAllowed(List<String> path) {
    return path.size() > 1 && path.getFirst().equals("v1") && ALLOWED.contains(path.get(1));
  }

  private static List<String> path(HttpRequest request) {
    return StreamSupport.stream(request.getUri().pathSegments().spliterator(), false).toList();
  }
}
