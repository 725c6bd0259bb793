package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.Set;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAction;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.Administration.AppointOwner;
import kith.protocol.rest.RoomRequests.Moderation;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/rooms`: acts of administrators on rooms; they need not be members.
final class AdministeredRooms {
  private final RoomList list;
  private final Rooms rooms;
  private final AdministratorGate gate;
  private final Bodies bodies;
  private final int mostOnAPage;

  AdministeredRooms(RoomList list, Rooms rooms, AdministratorGate gate, Bodies bodies) {
    this.list = list;
    this.rooms = rooms;
    this.gate = gate;
    this.bodies = bodies;
    this.mostOnAPage = rooms.settings().pageEntries();
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("rooms"),
        () ->
            concat(
                pathEnd(() -> get(() -> gate.run(ServerAct.READ_ROOMS, this::list))),
                pathPrefix(segment(), this::room)));
  }

  private Route room(String room) {
    return concat(
        pathEnd(() ->
            delete(() ->
                gate.run(
                    ServerAct.RULE_ROOMS,
                    caller ->
                        act(
                            caller,
                            room,
                            AuditAct.ADMIN_ROOM_DELETE,
                            Optional.empty(),
                            new RoomAction.Delete())))),
        path(
            "archived",
            () ->
                concat(
                    put(() ->
                        gate.run(ServerAct.RULE_ROOMS, caller -> archive(caller, room, true))),
                    delete(() ->
                        gate.run(ServerAct.RULE_ROOMS, caller -> archive(caller, room, false))))),
        pathPrefix(
            "owner",
            () ->
                pathEnd(() ->
                    put(() ->
                        gate.run(
                            ServerAct.RULE_ROOMS,
                            caller ->
                                bodies.read(
                                    AppointOwner.class,
                                    asked -> appoint(caller, room, asked.user())))))));
  }

  private Route list(Caller caller) {
    return QueryFields.read(
        Set.of("limit"),
        query -> {
          var orphaned = query.text("orphaned");
          if (orphaned.isPresent() && !Set.of("true", "false").contains(orphaned.get()))
            return WrongFields.route("orphaned");
          return gate.recorded(
              caller,
              AuditAct.ADMIN_READ,
              Optional.empty(),
              Optional.of("rooms"),
              () ->
                  onSuccess(
                      list.list(
                          query.text("query"),
                          orphaned.filter("true"::equals).isPresent(),
                          query.text("after"),
                          query.limit(mostOnAPage)),
                      page -> complete(Bodies.json(200, page))));
        });
  }

  private Route archive(Caller caller, String room, boolean is) {
    return act(
        caller,
        room,
        is ? AuditAct.ADMIN_ROOM_ARCHIVE : AuditAct.ADMIN_ROOM_UNARCHIVE,
        Optional.empty(),
        RoomAction.ChangeSettings.of(Optional.of(Moderation.archiving(is))));
  }

  private Route appoint(Caller caller, String room, String user) {
    return AccountReplies.named(
        user,
        name ->
            act(
                caller,
                room,
                AuditAct.ADMIN_ROOM_OWNER,
                Optional.of(name),
                new RoomAction.ChangeRole(name, Role.OWNER)));
  }

  private Route act(
      Caller caller, String room, AuditAct recorded, Optional<String> account, RoomAction act) {
    if (!Rooms.isId(room)) return Problems.route(Code.UNKNOWN_ROOM);
    return gate.recorded(
        caller,
        recorded,
        entry -> account.map(entry::about).orElse(entry).in(room),
        () ->
            onSuccess(
                rooms.administer(room, caller.name(), act),
                outcome ->
                    switch (outcome) {
                      case Room.Done _ -> complete(HttpResponse.create().withStatus(204));
                      case Room.Denied(var code) -> {
                        gate.refused(caller, recorded, entry -> entry.in(room), code);
                        yield Problems.route(code);
                      }
                    }));
  }
}
