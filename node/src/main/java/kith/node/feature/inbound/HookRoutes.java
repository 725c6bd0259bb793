package kith.node.feature.inbound;

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

import java.util.Optional;
import java.util.function.Function;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.BearerSecret;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.UserName;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.InboundHooks.CreateInboundHook;
import kith.protocol.rest.InboundHooks.InboundHook;
import kith.protocol.rest.InboundHooks.InboundHookList;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The incoming webhooks of a room, for its owners.
final class HookRoutes {
  private final HookTable table;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final Bodies bodies;
  private final Audit audit;

  HookRoutes(
      HookTable table, Rooms rooms, Authenticated authenticated, Bodies bodies, Audit audit) {
    this.table = table;
    this.replies = new RoomReplies(rooms);
    this.authenticated = authenticated;
    this.bodies = bodies;
    this.audit = audit;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "rooms",
                () -> pathPrefix(segment(), room -> pathPrefix("inbound", () -> ofRoom(room)))));
  }

  private Route ofRoom(String room) {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> owner(room, (_, _) -> list(room))),
                post(() -> owner(room, (caller, seen) -> create(room, caller, seen))))),
        path(
            segment(),
            hook -> delete(() -> owner(room, (caller, _) -> remove(caller, room, hook)))));
  }

  private interface OfOwner {
    Route route(Access caller, RoomView.Described seen);
  }

  private Route owner(String room, OfOwner inner) {
    return authenticated.caller(caller ->
        replies.look(
            room,
            new RoomView.Description(caller.user()),
            RoomView.Described.class,
            seen ->
                seen.role()
                    .map(role ->
                        role.isAtLeast(Role.OWNER)
                            ? inner.route(caller, seen)
                            : Problems.route(Code.NOT_ALLOWED))
                    .orElseGet(() -> Problems.route(Code.NOT_A_MEMBER))));
  }

  private Route list(String room) {
    return onSuccess(
        table.ofRoom(room),
        hooks ->
            complete(
                Bodies.json(
                    200,
                    new InboundHookList(
                        hooks.stream().map(hook -> shown(hook, Optional.empty())).toList()))));
  }

  private Route create(String room, Access caller, RoomView.Described seen) {
    return bodies.read(
        CreateInboundHook.class,
        asked ->
            named(
                asked,
                name -> {
                  var token = BearerSecret.create();
                  return onSuccess(
                      table.create(
                          Rooms.newId(), room, caller.user(), name, token, seen.room().lastSeq()),
                      made ->
                          made.<Route>map(
                                  hook -> {
                                    record(AuditAct.INBOUND_HOOK_CREATED, caller, room, name);
                                    return complete(
                                        Bodies.json(201, shown(hook, Optional.of(token))));
                                  })
                              .orElseGet(() -> Problems.route(Code.TOO_MANY_HOOKS)));
                }));
  }

  private static Route named(CreateInboundHook asked, Function<String, Route> inner) {
    return UserName.of(asked.name())
        .map(name -> inner.apply(name.text()))
        .orElseGet(() -> WrongFields.route("name"));
  }

  private Route remove(Access caller, String room, String hook) {
    return onSuccess(
        table.remove(room, hook),
        wasThere -> {
          if (!wasThere) return Problems.route(Code.UNKNOWN_HOOK);
          record(AuditAct.INBOUND_HOOK_REMOVED, caller, room, hook);
          return complete(HttpResponse.create().withStatus(204));
        });
  }

  private void record(AuditAct act, Access caller, String room, String what) {
    audit.record(audit.entry(act, caller.user()).in(room).with(what));
  }

  private static InboundHook shown(HookTable.Hook hook, Optional<String> token) {
    return new InboundHook(
        hook.id(), hook.name(), hook.account(), hook.created(), hook.lastUsed(), token);
  }
}
