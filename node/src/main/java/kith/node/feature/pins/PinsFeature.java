package kith.node.feature.pins;

import java.util.List;
import kith.node.core.room.AmendmentKind;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomPart;
import kith.node.core.session.PostKind;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Pinned messages. A frame becomes a post ([PinPosts]), the room decides it ([Pin]) within its
/// limits ([PinRule]), persists an entry ([Pinned]), and readers get the message with its pin
/// ([PinAmendments]). A projection ([PinProjection]) keeps the list ([PinRoutes]).
public final class PinsFeature implements Feature {
  private final PinTable table;
  private final PinSettings settings;

  public PinsFeature(Jdbc jdbc, PinSettings settings) {
    this.table = new PinTable(jdbc);
    this.settings = settings;
  }

  @Override
  public List<String> names() {
    return List.of("pins");
  }

  @Override
  public List<PostKind<?>> postKinds() {
    return List.of(new PinPosts());
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(new RoomPins.Factory(table, settings));
  }

  @Override
  public List<Projection> projections() {
    return List.of(new PinProjection());
  }

  @Override
  public List<AmendmentKind> amendments() {
    return List.of(new PinAmendments());
  }

  @Override
  public List<Route> routes(Edge edge) {
    var reads = new MemberReads(edge.rooms(), edge.accounts());
    return List.of(new PinRoutes(table, edge.rooms(), reads, edge.authenticated()).route());
  }
}
