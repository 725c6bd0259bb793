package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import kith.node.gateway.socket.SocketFlow;
import kith.protocol.SignUpPolicy;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SignIn.OfferedProvider;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/server`: the properties of the server for clients that have not logged in. The node's
/// version is left out, because everybody can read this.
public final class ServerRoutes {
  private final ServerDescription description;

  public ServerRoutes(
      List<String> features,
      SignUpPolicy signUp,
      boolean hasPasswords,
      List<OfferedProvider> providers,
      Optional<URI> address) {
    this.description =
        new ServerDescription(
            List.of(SocketFlow.SUBPROTOCOL),
            features,
            signUp,
            Optional.of(hasPasswords),
            Optional.of(providers),
            address.map(URI::toString));
  }

  public Route route() {
    return pathPrefix(
        "v1", () -> path("server", () -> get(() -> complete(Bodies.json(200, description)))));
  }
}
