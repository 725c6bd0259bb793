package kith.node.feature.approval;

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

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.KeyedThrottle;
import kith.node.auth.ServerAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Room;
import kith.node.core.room.RoomNames;
import kith.node.core.room.RoomView;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.rest.Joining;
import kith.protocol.rest.Joining.AskToJoin;
import kith.protocol.rest.Joining.DecideJoin;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Requests to join rooms: the user's own ones, and those of a room for its moderators.
final class JoinRoutes {
  private static final RoomApproval.Answer NO_ANSWER = new RoomApproval.Denied(Code.UNAVAILABLE);
  private static final Room.Outcome NO_OUTCOME = new Room.Denied(Code.UNAVAILABLE);

  private final RequestStore store;
  private final KeyedThrottle<String> throttle;
  private final Clock clock;
  private final Edge edge;
  private final RoomReplies replies;

  JoinRoutes(RequestStore store, KeyedThrottle<String> throttle, Clock clock, Edge edge) {
    this.store = store;
    this.throttle = throttle;
    this.clock = clock;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path(
                    segment("account").slash("join-requests"),
                    () -> get(() -> edge.authenticated().caller(this::own))),
                pathPrefix(
                    "rooms",
                    () ->
                        pathPrefix(
                            segment(),
                            room ->
                                concat(
                                    path("join-request", () -> ofUser(room)),
                                    pathPrefix("join-requests", () -> ofRoom(room)))))));
  }

  private Route own(Access caller) {
    return onSuccess(
        store.ofAccount(caller.user(), clock.instant()),
        requests -> complete(Bodies.json(200, new Joining.OwnJoinRequests(requests))));
  }

  private Route ofUser(String room) {
    return concat(
        put(() ->
            edge.permitted()
                .user(
                    ServerAct.FIND_ROOMS,
                    caller -> visible(caller, room, () -> ask(caller, room)))),
        delete(() ->
            edge.authenticated()
                .caller(caller -> visible(caller, room, () -> withdraw(caller, room)))));
  }

  private Route ofRoom(String room) {
    return concat(
        pathEnd(() -> get(() -> member(room, caller -> list(caller, room)))),
        path(segment(), user -> put(() -> member(room, caller -> decide(caller, room, user)))));
  }

  /// Only open rooms that the caller may see answer.
  private Route visible(Access caller, String room, Supplier<Route> inner) {
    return replies.look(
        room, new RoomView.Description(caller.user()), RoomView.Described.class, _ -> inner.get());
  }

  /// The room checks the role itself.
  private Route member(String room, Function<Access, Route> inner) {
    return edge.authenticated()
        .caller(caller ->
            replies.look(
                room,
                new RoomView.Membership(caller.user()),
                RoomView.IsMember.class,
                _ -> inner.apply(caller)));
  }

  private Route ask(Access caller, String room) {
    return edge.bodies()
        .read(
            AskToJoin.class,
            asked ->
                RoomReplies.checked(
                    asked.text().filter(text -> !RoomNames.isReason(text)).map(_ -> "text"),
                    () ->
                        limited(
                            caller,
                            () ->
                                changed(
                                    room,
                                    replyTo ->
                                        new RoomApproval.AskToJoin(
                                            caller.user(), asked.text(), replyTo)))));
  }

  private Route limited(Access caller, Supplier<Route> inner) {
    return throttle
        .take(caller.user())
        .map(wait ->
            complete(
                Problems.response(
                    Code.RATE_LIMITED, OptionalLong.of(Math.max(1, wait.toMillis())))))
        .orElseGet(inner);
  }

  private Route withdraw(Access caller, String room) {
    return changed(room, replyTo -> new RoomApproval.Withdraw(caller.user(), replyTo));
  }

  private Route list(Access caller, String room) {
    return onSuccess(
        edge.rooms()
            .askPart(
                room,
                (ActorRef<RoomApproval.Answer> replyTo) ->
                    new RoomApproval.ListRequests(caller.user(), replyTo),
                NO_ANSWER),
        answer ->
            switch (answer) {
              case RoomApproval.Denied(var code) -> Problems.route(code);
              case RoomApproval.Waiting(var requests) ->
                  complete(Bodies.json(200, new Joining.JoinRequests(shown(requests))));
            });
  }

  private static List<Joining.JoinRequest> shown(List<JoinRequest> requests) {
    return requests.stream()
        .map(it -> new Joining.JoinRequest(it.user(), it.text(), it.created(), it.until()))
        .toList();
  }

  private Route decide(Access caller, String room, String user) {
    return edge.bodies()
        .read(
            DecideJoin.class,
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
                                        new RoomApproval.Decide(
                                            caller.user(),
                                            name,
                                            asked.accept(),
                                            asked.reason(),
                                            replyTo)))));
  }

  private static Optional<String> firstWrong(DecideJoin asked) {
    return asked
        .reason()
        .filter(reason -> asked.accept() || !RoomNames.isReason(reason))
        .map(_ -> "reason");
  }

  private Route changed(String room, Function<ActorRef<Room.Outcome>, Room.PartCommand> command) {
    return RoomReplies.done(
        edge.rooms().askPart(room, command, NO_OUTCOME),
        () -> complete(HttpResponse.create().withStatus(204)));
  }
}
