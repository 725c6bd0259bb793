package kith.node.feature.directory;

import java.util.List;
import kith.node.core.room.Projection;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// The list of public rooms: a projection that follows each room's state, a search, and the
/// registry that keeps names unique.
public record DirectoryFeature(RoomDirectory directory) implements Feature {
  @Override
  public List<String> names() {
    return List.of("directory");
  }

  @Override
  public List<Projection> projections() {
    return List.of(new DirectoryProjection(directory));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new DirectoryRoutes(directory, edge.permitted(), edge.rooms().settings().pageEntries())
            .route());
  }
}
