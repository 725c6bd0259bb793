package kith.node.feature.inbox;

import java.util.List;
import java.util.function.Consumer;
import kith.node.core.room.RoomPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// Unread counts and read positions. Each room gives its summary to this node's news after a
/// commit; the news of all nodes reach the sessions; accounts keep the positions.
public record InboxFeature(Consumer<RoomSummary> news, InboxLookup lookup) implements Feature {
  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(RoomNews.factory(news));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new InboxRoutes(edge.accounts(), lookup, edge.authenticated()).route());
  }
}
