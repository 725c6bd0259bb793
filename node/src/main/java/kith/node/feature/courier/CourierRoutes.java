package kith.node.feature.courier;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.CourierTable.Lagging;
import kith.node.feature.courier.Target.State;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.Webhooks;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/couriers`: all couriers, and the restart of one that was given up.
final class CourierRoutes {
  private final Couriers couriers;
  private final AdministratorGate gate;

  CourierRoutes(Couriers couriers, AdministratorGate gate) {
    this.couriers = couriers;
    this.gate = gate;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("couriers"),
        () ->
            concat(
                pathEnd(
                    () -> get(() -> gate.read(ServerAct.OPERATE_COURIERS, "couriers", this::list))),
                path(
                    segment().slash("restart"),
                    courier ->
                        post(() ->
                            gate.run(
                                ServerAct.OPERATE_COURIERS, caller -> restart(caller, courier))))));
  }

  private Route restart(Caller caller, String courier) {
    if (!Rooms.isId(courier)) return Problems.route(Code.UNKNOWN_WEBHOOK);
    return gate.recorded(
        caller, AuditAct.ADMIN_COURIER, entry -> entry.with(courier), () -> restart(courier));
  }

  private Route list() {
    return onSuccess(
        couriers.all(),
        all ->
            complete(
                Bodies.json(
                    200,
                    new Webhooks.Couriers(all.stream().map(CourierRoutes::courier).toList()))));
  }

  private Route restart(String courier) {
    return onSuccess(
        restarted(courier),
        refusal ->
            refusal
                .map(Problems::route)
                .orElseGet(() -> complete(HttpResponse.create().withStatus(204))));
  }

  private CompletionStage<Optional<Code>> restarted(String courier) {
    return couriers
        .table()
        .find(courier)
        .thenCombine(
            couriers.table().restart(courier),
            (found, isRestarted) -> {
              if (isRestarted) couriers.changed(courier);
              if (found.isEmpty()) return Optional.of(Code.UNKNOWN_WEBHOOK);
              return isRestarted ? Optional.empty() : Optional.of(Code.WEBHOOK_ENDED);
            });
  }

  private static Webhooks.Courier courier(Lagging lagging) {
    var target = lagging.target();
    return new Webhooks.Courier(
        target.id(),
        target.kind(),
        Optional.of(target.room()).filter(room -> !room.isEmpty()),
        target.account(),
        Delivery.host(target.url()),
        target.state().word(),
        target.position(),
        target.state() == State.ENDED ? 0 : lagging.lag(),
        target.state() == State.ENDED ? 0 : lagging.behindSeconds(),
        target.reason(),
        target.failures(),
        target.since(),
        target.nextTry(),
        target.delivered());
  }
}
