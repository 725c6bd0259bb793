package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import kith.node.platform.cluster.ClusterView;
import kith.protocol.json.Json;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/cluster`: the nodes and their states, for operators and their programs.
public final class ClusterRoutes {
  private final ClusterView view;

  public ClusterRoutes(ClusterView view) {
    this.view = view;
  }

  public Route route() {
    return path("cluster", () -> get(() -> onSuccess(view.look(), ClusterRoutes::answer)));
  }

  private static Route answer(ClusterView.Nodes nodes) {
    return complete(
        StatusCodes.OK, HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.restText(nodes)));
  }
}
