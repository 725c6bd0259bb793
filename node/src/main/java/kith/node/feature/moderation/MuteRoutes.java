package kith.node.feature.moderation;

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

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Room;
import kith.node.core.room.RoomNames;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.rest.Moderating;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The mutes of a room, for its moderators.
final class MuteRoutes {
  private static final RoomModeration.Answer NO_ANSWER =
      new RoomModeration.Denied(Code.UNAVAILABLE);
  private static final Room.Outcome NO_OUTCOME = new Room.Denied(Code.UNAVAILABLE);

  private final Rooms rooms;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final Bodies bodies;
  private final Duration longest;

  MuteRoutes(Rooms rooms, Authenticated authenticated, Bodies bodies, Duration longest) {
    this.rooms = rooms;
    this.replies = new RoomReplies(rooms);
    this.authenticated = authenticated;
    this.bodies = bodies;
    this.longest = longest;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "rooms",
                () -> pathPrefix(segment(), room -> pathPrefix("mutes", () -> ofRoom(room)))));
  }

  private Route ofRoom(String room) {
    return concat(
        pathEnd(() -> get(() -> member(room, caller -> list(caller, room)))),
        path(
            segment(),
            user ->
                concat(
                    put(() -> member(room, caller -> mute(caller, room, user))),
                    delete(() -> member(room, caller -> end(caller, room, user))))));
  }

  /// Only open rooms answer about mutes. They check the role themselves.
  private Route member(String room, Function<Access, Route> inner) {
    return authenticated.caller(caller ->
        replies.look(
            room,
            new RoomView.Membership(caller.user()),
            RoomView.IsMember.class,
            _ -> inner.apply(caller)));
  }

  private Route list(Access caller, String room) {
    return onSuccess(
        rooms.askPart(
            room,
            (ActorRef<RoomModeration.Answer> replyTo) ->
                new RoomModeration.ListMutes(caller.user(), replyTo),
            NO_ANSWER),
        answer ->
            switch (answer) {
              case RoomModeration.Denied(var code) -> Problems.route(code);
              case RoomModeration.MuteList(var mutes) ->
                  complete(
                      Bodies.json(
                          200,
                          new Moderating.Mutes(mutes.stream().map(MuteRoutes::shown).toList())));
            });
  }

  private static Moderating.Mute shown(Mute mute) {
    return new Moderating.Mute(mute.user(), mute.by(), mute.created(), mute.until(), mute.reason());
  }

  private Route mute(Access caller, String room, String user) {
    return bodies.read(
        Moderating.MuteUser.class,
        asked ->
            RoomReplies.checked(
                firstWrong(asked),
                () ->
                    RoomReplies.user(
                        user,
                        name ->
                            changed(
                                room,
                                replyTo ->
                                    new RoomModeration.MuteUser(
                                        caller.user(),
                                        name,
                                        asked.forMillis(),
                                        asked.reason(),
                                        replyTo)))));
  }

  private Optional<String> firstWrong(Moderating.MuteUser asked) {
    if (asked.forMillis() < Intervals.SHORTEST_MUTE.toMillis()
        || asked.forMillis() > longest.toMillis()) return Optional.of("forMillis");
    return asked.reason().filter(reason -> !RoomNames.isReason(reason)).map(_ -> "reason");
  }

  private Route end(Access caller, String room, String user) {
    return RoomReplies.user(
        user,
        name -> changed(room, replyTo -> new RoomModeration.EndMute(caller.user(), name, replyTo)));
  }

  private Route changed(String room, Function<ActorRef<Room.Outcome>, Room.PartCommand> command) {
    return RoomReplies.done(
        rooms.askPart(room, command, NO_OUTCOME),
        () -> complete(HttpResponse.create().withStatus(204)));
  }
}
