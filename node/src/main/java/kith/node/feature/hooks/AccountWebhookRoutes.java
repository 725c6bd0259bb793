package kith.node.feature.hooks;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.Target;
import kith.node.feature.courier.WebhookSignature;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.Webhooks;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/account/webhooks`: webhooks for all rooms that the caller owns.
final class AccountWebhookRoutes {
  private final Couriers couriers;
  private final HookSettings settings;
  private final Edge edge;
  private final Audit audit;
  private final Clock clock;

  AccountWebhookRoutes(
      Couriers couriers, HookSettings settings, Edge edge, Audit audit, Clock clock) {
    this.couriers = couriers;
    this.settings = settings;
    this.edge = edge;
    this.audit = audit;
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("account").slash("webhooks"),
        () ->
            concat(
                pathEnd(
                    () -> concat(get(() -> caller(this::list)), post(() -> caller(this::create)))),
                path(
                    segment(),
                    hook -> delete(() -> caller(caller -> found(caller, hook, this::remove)))),
                path(
                    segment().slash("restart"),
                    hook -> post(() -> caller(caller -> found(caller, hook, this::restart))))));
  }

  private Route caller(Function<Access, Route> inner) {
    return edge.authenticated().caller(inner);
  }

  private Route list(Access caller) {
    return onSuccess(
        couriers.table().ofAccount(caller.user(), HookCarrier.KIND_OF_ACCOUNT),
        hooks ->
            complete(
                Bodies.json(
                    200,
                    new Webhooks.RoomWebhooks(
                        hooks.stream()
                            .map(hook -> WebhookRoutes.shown(hook, Optional.empty()))
                            .toList(),
                        settings.perAccount()))));
  }

  private Route create(Access caller) {
    return WebhookRoutes.asked(couriers, edge, (url, kinds) -> create(caller, url, kinds));
  }

  private Route create(Access caller, URI url, List<String> kinds) {
    var id = Rooms.newId();
    var secret = WebhookSignature.newSecret();
    var hook =
        Target.create(
            id,
            HookCarrier.KIND_OF_ACCOUNT,
            caller.user(),
            "",
            url,
            kinds,
            couriers.secrets().wrap(id, secret),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            0);
    return onSuccess(
        couriers.table().addOfAccount(hook, settings.perAccount(), couriers.settings().targets()),
        refusal -> {
          if (refusal.isPresent()) return Problems.route(Code.TOO_MANY_WEBHOOKS);
          couriers.changed(id);
          record(AuditAct.WEBHOOK_CREATED, hook);
          return complete(
              Bodies.json(
                  201, WebhookRoutes.shown(hook, Optional.of(WebhookSignature.shown(secret)))));
        });
  }

  private Route remove(Target hook) {
    return changed(
        hook,
        couriers
            .table()
            .remove(hook.id())
            .thenApply(_ -> {
              record(AuditAct.WEBHOOK_REMOVED, hook);
              return true;
            }));
  }

  private void record(AuditAct act, Target hook) {
    audit.record(
        audit.entry(act, hook.account()).about(hook.account()).with(Delivery.host(hook.url())));
  }

  private Route restart(Target hook) {
    return changed(hook, couriers.table().restart(hook.id()));
  }

  private Route found(Access caller, String hook, Function<Target, Route> inner) {
    return onSuccess(
        couriers.table().find(hook),
        target ->
            target
                .filter(it -> it.kind().equals(HookCarrier.KIND_OF_ACCOUNT))
                .filter(it -> it.account().equals(caller.user()))
                .map(inner)
                .orElseGet(() -> Problems.route(Code.UNKNOWN_WEBHOOK)));
  }

  private Route changed(Target hook, CompletionStage<Boolean> change) {
    return onSuccess(
        change,
        isDone -> {
          if (!isDone) return Problems.route(Code.WEBHOOK_ENDED);
          couriers.changed(hook.id());
          return complete(HttpResponse.create().withStatus(204));
        });
  }
}
