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
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.ReceiverUrl;
import kith.node.feature.courier.Target;
import kith.node.feature.courier.WebhookSignature;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.Webhooks;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/rooms/{room}/webhooks`: for the owners of the room.
final class WebhookRoutes {
  private final Couriers couriers;
  private final HookSettings settings;
  private final Edge edge;
  private final RoomReplies replies;
  private final Audit audit;
  private final Clock clock;

  WebhookRoutes(Couriers couriers, HookSettings settings, Edge edge, Audit audit, Clock clock) {
    this.couriers = couriers;
    this.settings = settings;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
    this.audit = audit;
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("rooms").slash(segment()).slash("webhooks"),
        room ->
            concat(
                pathEnd(() ->
                    concat(
                        get(() -> owner(room, (_, _) -> list(room))),
                        post(() -> owner(room, (caller, seen) -> create(caller, seen))))),
                path(
                    segment(),
                    hook -> delete(() -> owner(room, (caller, _) -> remove(caller, room, hook)))),
                path(
                    segment().slash("replay"),
                    hook -> post(() -> owner(room, (_, seen) -> replay(seen, hook)))),
                path(
                    segment().slash("restart"),
                    hook -> post(() -> owner(room, (_, _) -> restart(room, hook))))));
  }

  private interface ForOwner {
    Route of(Access caller, RoomView.Summary room);
  }

  private Route owner(String room, ForOwner inner) {
    return edge.authenticated()
        .caller(caller ->
            replies.look(
                room,
                new RoomView.Description(caller.user()),
                RoomView.Described.class,
                seen ->
                    seen.role()
                        .map(role ->
                            role.isAtLeast(Role.OWNER)
                                ? inner.of(caller, seen.room())
                                : Problems.route(Code.NOT_ALLOWED))
                        .orElseGet(() -> Problems.route(Code.NOT_A_MEMBER))));
  }

  private Route list(String room) {
    return onSuccess(
        couriers.table().ofRoom(room, HookCarrier.KIND),
        hooks ->
            complete(
                Bodies.json(
                    200,
                    new Webhooks.RoomWebhooks(
                        hooks.stream().map(hook -> shown(hook, Optional.empty())).toList(),
                        settings.perRoom()))));
  }

  private Route create(Access caller, RoomView.Summary room) {
    return asked(couriers, edge, (url, kinds) -> create(caller, room, url, kinds));
  }

  /// The request for a new webhook.
  interface Asked {
    Route of(URI url, List<String> kinds);
  }

  /// Runs `inner` with the caller's request, if the server sends requests to that URL.
  static Route asked(Couriers couriers, Edge edge, Asked inner) {
    return edge.bodies()
        .read(
            Webhooks.CreateWebhook.class,
            asked -> {
              var url = ReceiverUrl.of(asked.url());
              if (url.isEmpty()) return WrongFields.route("url");
              var kinds = asked.kinds().orElse(HookKinds.USUAL).stream().distinct().toList();
              if (kinds.isEmpty() || !HookKinds.ALL.containsAll(kinds))
                return WrongFields.route("kinds");
              return onSuccess(
                  couriers.outbound().refusal(url.get()),
                  refusal ->
                      refusal
                          .map(WebhookRoutes::notAllowed)
                          .orElseGet(() -> inner.of(url.get(), kinds)));
            });
  }

  private static Route notAllowed(String reason) {
    return complete(Problems.response(Code.ADDRESS_NOT_ALLOWED, reason, OptionalLong.empty()));
  }

  private Route create(Access caller, RoomView.Summary room, URI url, List<String> kinds) {
    var id = Rooms.newId();
    var secret = WebhookSignature.newSecret();
    var hook =
        Target.create(
            id,
            HookCarrier.KIND,
            caller.user(),
            room.room(),
            url,
            kinds,
            couriers.secrets().wrap(id, secret),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            room.lastSeq());
    return onSuccess(
        couriers.table().add(hook, settings.perRoom(), couriers.settings().targets()),
        refusal -> {
          if (refusal.isPresent()) return Problems.route(Code.TOO_MANY_WEBHOOKS);
          couriers.changed(id);
          record(AuditAct.WEBHOOK_CREATED, caller, hook);
          return complete(
              Bodies.json(201, shown(hook, Optional.of(WebhookSignature.shown(secret)))));
        });
  }

  private Route remove(Access caller, String room, String hook) {
    return found(
        room,
        hook,
        target ->
            answered(
                hook,
                couriers
                    .table()
                    .remove(hook)
                    .thenApply(_ -> {
                      record(AuditAct.WEBHOOK_REMOVED, caller, target);
                      return true;
                    })));
  }

  /// Names the host of the receiver: its path may be secret.
  private void record(AuditAct act, Access caller, Target hook) {
    audit.record(audit.entry(act, caller.user()).in(hook.room()).with(Delivery.host(hook.url())));
  }

  private Route restart(String room, String hook) {
    return found(room, hook, _ -> answered(hook, couriers.table().restart(hook)));
  }

  private Route replay(RoomView.Summary room, String hook) {
    return edge.bodies()
        .read(
            Webhooks.ReplayWebhook.class,
            asked ->
                asked.after() < 0 || asked.after() > room.lastSeq()
                    ? WrongFields.route("after")
                    : found(
                        room.room(),
                        hook,
                        _ -> answered(hook, couriers.table().replay(hook, asked.after()))));
  }

  private Route found(String room, String hook, Function<Target, Route> inner) {
    return onSuccess(
        couriers.table().find(hook),
        target ->
            target
                .filter(it -> it.room().equals(room) && it.kind().equals(HookCarrier.KIND))
                .map(inner)
                .orElseGet(() -> Problems.route(Code.UNKNOWN_WEBHOOK)));
  }

  private Route answered(String hook, CompletionStage<Boolean> change) {
    return onSuccess(
        change,
        isDone -> {
          if (!isDone) return Problems.route(Code.WEBHOOK_ENDED);
          couriers.changed(hook);
          return complete(HttpResponse.create().withStatus(204));
        });
  }

  static Webhooks.Webhook shown(Target hook, Optional<String> secret) {
    return new Webhooks.Webhook(
        hook.id(),
        hook.url().toString(),
        hook.kinds(),
        hook.account(),
        hook.created(),
        hook.state().word(),
        hook.position(),
        hook.reason(),
        hook.failures(),
        hook.since(),
        hook.nextTry(),
        hook.delivered(),
        secret);
  }
}
