package kith.node.feature.push;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.ReceiverUrl;
import kith.node.feature.courier.Target;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.rest.Notifications;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/account/push` and `/v1/account/notifications`: the receivers and the rules of an account.
final class PushRoutes {
  private final Couriers couriers;
  private final Map<String, PushService> services;
  private final Supplier<Optional<Vapid>> vapid;
  private final PushTable push;
  private final PushWorker worker;
  private final Edge edge;
  private final Optional<Emails> emails;
  private final PushSettings settings;
  private final Clock clock;

  /// @param emails absent if the server sends none
  PushRoutes(
      Couriers couriers,
      Map<String, PushService> services,
      Supplier<Optional<Vapid>> vapid,
      PushTable push,
      PushWorker worker,
      Edge edge,
      Optional<Emails> emails,
      PushSettings settings,
      Clock clock) {
    this.couriers = couriers;
    this.services = services;
    this.vapid = vapid;
    this.push = push;
    this.worker = worker;
    this.edge = edge;
    this.emails = emails;
    this.settings = settings;
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("account"),
        () ->
            concat(pathPrefix("push", this::receivers), pathPrefix("notifications", this::rules)));
  }

  private Route receivers() {
    return concat(
        pathEnd(() -> concat(get(() -> caller(this::list)), post(() -> caller(this::add)))),
        path(segment(), id -> delete(() -> caller(caller -> remove(caller, id)))),
        path(
            segment().slash("test"),
            id -> post(() -> caller(caller -> found(caller, id, this::test)))),
        path(
            segment().slash("restart"),
            id -> post(() -> caller(caller -> found(caller, id, this::restart)))));
  }

  private Route rules() {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> caller(caller -> shown(caller.user()))),
                put(() -> caller(this::choose)))),
        path(segment(), room -> put(() -> caller(caller -> chooseLevel(caller, room)))));
  }

  private Route caller(Function<Access, Route> inner) {
    return edge.authenticated().caller(inner);
  }

  private Route list(Access caller) {
    return onSuccess(
        couriers.table().ofAccount(caller.user()),
        all ->
            complete(
                Bodies.json(
                    200,
                    new Notifications.Pushes(
                        all.stream().map(PushRoutes::push).toList(),
                        settings.perAccount(),
                        vapid.get().map(Vapid::shown),
                        emails.stream().mapToLong(it -> it.interval().toMillis()).findFirst()))));
  }

  private Route add(Access caller) {
    return edge.bodies()
        .read(
            Notifications.AddPush.class,
            asked -> {
              var service = services.get(asked.kind());
              if (service == null) return WrongFields.route("kind");
              var url = ReceiverUrl.of(asked.url());
              if (url.isEmpty()) return WrongFields.route("url");
              var wrong = service.firstWrong(url.get(), asked);
              if (wrong.isPresent()) return WrongFields.route(wrong.get());
              return onSuccess(
                  couriers.outbound().refusal(url.get()),
                  refusal ->
                      refusal
                          .<Route>map(reason ->
                              complete(
                                  Problems.response(
                                      Code.ADDRESS_NOT_ALLOWED, reason, OptionalLong.empty())))
                          .orElseGet(() -> add(caller, service, url.get(), asked)));
            });
  }

  private Route add(Access caller, PushService service, URI url, Notifications.AddPush asked) {
    var id = Rooms.newId();
    var secret = couriers.secrets().wrap(id, service.secret(asked));
    return onSuccess(
        push.last()
            .thenCompose(last -> {
              var target =
                  Target.ofDevice(
                      id,
                      service.kind(),
                      caller.user(),
                      caller.device(),
                      url,
                      secret,
                      clock.instant().truncatedTo(ChronoUnit.MILLIS),
                      last);
              return couriers
                  .table()
                  .addOfDevice(target, settings.perAccount(), settings.receivers())
                  .thenCompose(refusal ->
                      refusal.isPresent()
                          ? CompletableFuture.completedFuture(Optional.<Target>empty())
                          : worker.read().thenApply(_ -> Optional.of(target)));
            }),
        added ->
            added
                .<Route>map(it -> complete(Bodies.json(201, push(it))))
                .orElseGet(() -> Problems.route(Code.TOO_MANY_RECEIVERS)));
  }

  private Route remove(Access caller, String id) {
    return found(
        caller,
        id,
        target ->
            onSuccess(
                couriers.table().remove(target.id()),
                _ -> {
                  couriers.changed(target.id());
                  return complete(HttpResponse.create().withStatus(204));
                }));
  }

  private Route restart(Target target) {
    return onSuccess(
        couriers.table().restart(target.id()),
        isRestarted -> {
          if (!isRestarted) return Problems.route(Code.UNKNOWN_RECEIVER);
          couriers.changed(target.id());
          return complete(HttpResponse.create().withStatus(204));
        });
  }

  private Route test(Target target) {
    if (target.kind().equals(Emails.KIND))
      return emails
          .<Route>map(
              it -> onSuccess(it.test(target), tested -> complete(Bodies.json(200, tested))))
          .orElseGet(() -> Problems.route(Code.EMAIL_OFF));
    var service = services.get(target.kind());
    // a node of a later release may have added it
    if (service == null) return Problems.route(Code.UNKNOWN_RECEIVER);
    return onSuccess(sent(target, service), tested -> complete(Bodies.json(200, tested)));
  }

  private CompletionStage<Notifications.PushTest> sent(Target target, PushService service) {
    return couriers
        .outbound()
        .send(
            target.url(),
            () ->
                CompletableFuture.completedFuture(
                    couriers
                        .secrets()
                        .unwrap(target.id(), target.secret())
                        .<OutboundRequests.Decision<Notifications.PushTest>>map(secret ->
                            new OutboundRequests.Send<>(
                                service.delivery(target.url(), secret, Notification.TEST)))
                        .orElseGet(() ->
                            new OutboundRequests.Skip<>(
                                notAccepted("This node has no secret that decrypts the keys.")))),
            outcome -> tested(service, outcome));
  }

  private static Notifications.PushTest tested(PushService service, Delivery.Outcome outcome) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() ->
          new Notifications.PushTest(true, Optional.empty());
      case Delivery.Answered answered -> notAccepted(service.reason(answered));
      case Delivery.Unanswered(var reason) -> notAccepted(reason);
      case Delivery.Postponed _ ->
          notAccepted("The push server did not answer several times; try again later.");
    };
  }

  private static Notifications.PushTest notAccepted(String reason) {
    return new Notifications.PushTest(false, Optional.of(reason));
  }

  private Route found(Access caller, String id, Function<Target, Route> inner) {
    return onSuccess(
        couriers.table().ofAccount(caller.user()),
        all ->
            all.stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(inner)
                .orElseGet(() -> Problems.route(Code.UNKNOWN_RECEIVER)));
  }

  static Notifications.Push push(Target target) {
    return new Notifications.Push(
        target.id(),
        target.kind(),
        target.url().toString(),
        target.device().orElse(""),
        target.created(),
        target.state().word(),
        target.reason(),
        target.failures(),
        target.since(),
        target.nextTry(),
        target.delivered());
  }

  private Route shown(String account) {
    return onSuccess(
        push.rules(account),
        rules -> complete(Bodies.json(200, PushFields.shown(rules, settings.contents()))));
  }

  private Route choose(Access caller) {
    return edge.bodies()
        .read(
            Notifications.ChooseNotifications.class,
            asked -> {
              var wrong = PushFields.firstWrong(asked, settings.keywords());
              if (wrong.isPresent()) return WrongFields.route(wrong.get());
              return onSuccess(
                  push.choose(caller.user(), PushFields.rules(asked))
                      .thenCompose(_ -> worker.read())
                      .thenCompose(_ -> couriers.table().ofAccount(caller.user())),
                  receivers -> {
                    // one may wait until the user has been away for long enough
                    receivers.forEach(it -> couriers.changed(it.id()));
                    return shown(caller.user());
                  });
            });
  }

  private Route chooseLevel(Access caller, String room) {
    if (!Rooms.isId(room)) return Problems.route(Code.UNKNOWN_ROOM);
    return edge.bodies()
        .read(
            Notifications.ChooseLevel.class,
            asked ->
                onSuccess(
                    push.chooseLevel(
                            caller.user(), room, asked.level(), settings.levelsPerAccount())
                        .thenCompose(isDone -> worker.read().thenApply(_ -> List.of(isDone))),
                    done ->
                        done.getFirst()
                            ? complete(HttpResponse.create().withStatus(204))
                            : Problems.route(Code.TOO_MANY_ROOMS)));
  }
}
