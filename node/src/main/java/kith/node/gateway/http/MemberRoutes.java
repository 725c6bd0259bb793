package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.Set;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.protocol.rest.RoomAnswers.Bans;
import kith.protocol.rest.RoomAnswers.Member;
import kith.protocol.rest.RoomAnswers.MemberPage;
import kith.protocol.rest.RoomRequests.Ban;
import kith.protocol.rest.RoomRequests.ChangeRole;
import kith.protocol.rest.RoomRequests.Kick;
import org.apache.pekko.http.javadsl.server.Route;

/// The members of a room, their roles, and its bans.
final class MemberRoutes {

  private final Rooms rooms;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final Bodies bodies;

  MemberRoutes(Rooms rooms, RoomReplies replies, Authenticated authenticated, Bodies bodies) {
    this.rooms = rooms;
    this.replies = replies;
    this.authenticated = authenticated;
    this.bodies = bodies;
  }

  Route of(String room) {
    return concat(
        pathPrefix(
            "members",
            () ->
                concat(
                    pathEnd(() -> get(() -> authenticated.caller(caller -> list(caller, room)))),
                    pathPrefix(segment(), user -> member(room, user)))),
        pathPrefix(
            "bans",
            () ->
                concat(
                    pathEnd(() -> get(() -> authenticated.caller(caller -> bans(caller, room)))),
                    path(segment(), user -> ban(room, user)))));
  }

  private Route member(String room, String user) {
    return concat(
        pathEnd(() -> delete(() -> authenticated.caller(caller -> kick(caller, room, user)))),
        path(
            "role",
            () -> put(() -> authenticated.caller(caller -> changeRole(caller, room, user)))));
  }

  private Route ban(String room, String user) {
    return concat(
        put(() -> authenticated.caller(caller -> ban(caller, room, user))),
        delete(() -> authenticated.caller(caller -> unban(caller, room, user))));
  }

  private Route list(Access caller, String room) {
    return QueryFields.read(
        Set.of("limit"),
        query ->
            replies.look(
                room,
                new RoomView.Members(
                    caller.user(),
                    query.text("after"),
                    query.limit(rooms.settings().pageEntries())),
                RoomView.MemberList.class,
                found -> complete(Bodies.json(200, page(found)))));
  }

  private static MemberPage page(RoomView.MemberList found) {
    var members =
        found.members().stream()
            .map(it -> new Member(it.user(), it.role(), it.since(), it.owner()))
            .toList();
    return new MemberPage(
        members, found.more() ? Optional.of(members.getLast().user()) : Optional.empty());
  }

  private Route changeRole(Access caller, String room, String user) {
    return bodies.read(
        ChangeRole.class,
        asked ->
            RoomReplies.user(
                user,
                name ->
                    replies.perform(caller, room, new RoomAction.ChangeRole(name, asked.role()))));
  }

  private Route kick(Access caller, String room, String user) {
    return bodies.readOptional(
        Kick.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked),
                () ->
                    RoomReplies.user(
                        user,
                        name ->
                            replies.perform(
                                caller, room, new RoomAction.Kick(name, asked.reason())))));
  }

  private Route bans(Access caller, String room) {
    return replies.look(
        room,
        new RoomView.Bans(caller.user()),
        RoomView.BanList.class,
        found -> complete(Bodies.json(200, new Bans(found.users()))));
  }

  private Route ban(Access caller, String room, String user) {
    return bodies.readOptional(
        Ban.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked),
                () ->
                    RoomReplies.user(
                        user,
                        name ->
                            replies.perform(
                                caller, room, new RoomAction.Ban(name, asked.reason())))));
  }

  private Route unban(Access caller, String room, String user) {
    return RoomReplies.user(
        user, name -> replies.perform(caller, room, new RoomAction.Unban(name)));
  }
}
