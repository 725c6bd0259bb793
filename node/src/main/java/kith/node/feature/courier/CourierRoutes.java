package kith.node.feature.courier;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.CourierTable.Lagging;
import kith.node.feature.courier.Target.State;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.Webhooks;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/couriers`: all couriers, and the restart of one that was given up.
final class CourierRoutes {
  private static final String NO_AUDIT =
      "The audit log does not answer, so nothing was done; try again.";

  private final Couriers couriers;
  private final Permitted permitted;
  private final Audit audit;

  CourierRoutes(Couriers couriers, Permitted permitted, Audit audit) {
    this.couriers = couriers;
    this.permitted = permitted;
    this.audit = audit;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("couriers"),
        () ->
            concat(
                pathEnd(() -> get(() -> recorded(AuditAct.ADMIN_READ, "couriers", this::list))),
                path(
                    segment().slash("restart"),
                    courier ->
                        post(() ->
                            Rooms.isId(courier)
                                ? recorded(AuditAct.ADMIN_COURIER, courier, () -> restart(courier))
                                : permitted.administrator(
                                    ServerAct.OPERATE_COURIERS,
                                    _ -> Problems.route(Code.UNKNOWN_WEBHOOK))))));
  }

  /// Runs `inner` when the audit log has stored what an administrator is about to do.
  private Route recorded(AuditAct act, String what, Supplier<Route> inner) {
    return permitted.administrator(
        ServerAct.OPERATE_COURIERS,
        caller ->
            onComplete(
                audit.require(audit.entry(act, caller.name()).with(what)),
                stored ->
                    stored.isSuccess()
                        ? inner.get()
                        : complete(
                            Problems.response(Code.UNAVAILABLE, NO_AUDIT, OptionalLong.empty()))));
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
