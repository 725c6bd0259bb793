package kith.node.gateway.http;

import java.util.OptionalLong;
import java.util.function.Supplier;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;

/// Admits only programs on the node's own machine. A web page that is open on this machine is not
/// one of them, although its requests come from the same address.
public final class OnlyOperators {
  private OnlyOperators() {}

  /// @param what for the refusal: "Invitations can be created"
  public static Route run(String what, Supplier<Route> inner) {
    return Directives.extractRequest(request ->
        PeerAddress.isLoopback(request) && !isFromPage(request)
            ? inner.get()
            : Directives.complete(
                Problems.response(
                    Code.NOT_ALLOWED,
                    what + " only by programs on the node's own machine.",
                    OptionalLong.empty())));
  }

  /// Browsers send one of these with every request that may change something.
  private static boolean isFromPage(HttpRequest request) {
    return Origins.origin(request).isPresent() || request.getHeader("Sec-Fetch-Site").isPresent();
  }
}
