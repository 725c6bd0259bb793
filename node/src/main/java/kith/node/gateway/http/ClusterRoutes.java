package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.util.OptionalLong;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.config.HttpSettings.Readers;
import kith.protocol.Code;
import kith.protocol.json.Json;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/cluster`: the nodes and their states, for operators and their programs.
public final class ClusterRoutes {
  private final ClusterView view;
  private final Readers readers;

  public ClusterRoutes(ClusterView view, Readers readers) {
    this.view = view;
    this.readers = readers;
  }

  public Route route() {
    return path("cluster", () -> get(() -> extractRequest(this::look)));
  }

  private Route look(HttpRequest request) {
    return PeerAddress.isAmong(readers, request)
        ? onSuccess(view.look(), ClusterRoutes::answer)
        : complete(
            Problems.response(
                Code.NOT_ALLOWED,
                "The view of the cluster is not available to this address (kith.http.cluster-view).",
                OptionalLong.empty()));
  }

  private static Route answer(ClusterView.Nodes nodes) {
    return complete(
        StatusCodes.OK, HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.restText(nodes)));
  }
}
