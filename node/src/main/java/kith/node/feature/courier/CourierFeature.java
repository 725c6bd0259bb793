package kith.node.feature.courier;

import java.util.List;
import kith.node.core.room.RoomPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// Delivers events of rooms to receivers outside the cluster. The carriers of other features choose
/// the requests and their receivers.
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
    return List.of(new CourierRoutes(couriers, edge.administrators()).route());
  }
}
