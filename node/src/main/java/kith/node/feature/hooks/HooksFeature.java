package kith.node.feature.hooks;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.core.room.Projection;
import kith.node.feature.Feature;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.OutboundRequests;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// Webhooks of rooms: their owners make them ([WebhookRoutes]), couriers deliver ([HookCarrier]).
public record HooksFeature(Couriers couriers, HookSettings settings, Audit audit, Clock clock)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("webhooks", "account-webhooks");
  }

  @Override
  public List<Projection> projections() {
    return List.of(new WebhookProjection(couriers.table(), clock));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new WebhookRoutes(couriers, settings, edge, audit, clock).route(),
        new AccountWebhookRoutes(couriers, settings, edge, audit, clock).route());
  }

  public List<Carrier.Factory> carriers() {
    return List.of(
        (edge, outbound, table) ->
            carrier(HookCarrier.KIND, new HookPlaces.OfRoom(), edge, outbound, table),
        (edge, outbound, table) ->
            carrier(
                HookCarrier.KIND_OF_ACCOUNT,
                new HookPlaces.OfAccount(table),
                edge,
                outbound,
                table));
  }

  private Carrier carrier(
      String kind, HookPlaces places, Edge edge, OutboundRequests outbound, CourierTable table) {
    return new HookCarrier(
        kind,
        edge.rooms().log(),
        places,
        new HookRights.Asked(edge.rooms(), edge.accounts(), table, places),
        outbound,
        couriers.secrets(),
        clock);
  }
}
