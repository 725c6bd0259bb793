package kith.node.feature.courier;

import java.util.List;
import kith.node.core.room.RoomPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// Carries what happened in rooms to receivers outside of the cluster. What is sent to whom is up
/// to the carriers of other features.
public record CourierFeature(Couriers couriers, List<Carrier.Factory> carriers) implements Feature {
  public CourierFeature {
    carriers = List.copyOf(carriers);
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(room -> couriers.part(room.id()));
  }

  @Override
  public List<String> accountTables() {
    return List.of("courier_target");
  }

  @Override
  public void start(Edge edge) {
    couriers.start(
        carriers.stream()
            .map(carrier -> carrier.create(edge, couriers.outbound(), couriers.table()))
            .toList());
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    return List.of(new CourierRoutes(couriers, edge.permitted()).route());
  }
}
