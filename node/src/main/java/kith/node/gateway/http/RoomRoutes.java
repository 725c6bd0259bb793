package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.patch;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.RetentionPreview;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.CreateRoom;
import kith.protocol.rest.RoomRequests.JoinRoom;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// REST routes of rooms: creating, finding, changing, joining and leaving them. Members,
/// invitations and history are in `MemberRoutes`, `InvitationRoutes` and `HistoryRoutes`.
public final class RoomRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(RoomRoutes.class);

  private final Rooms rooms;
  private final Accounts accounts;
  private final Authenticated authenticated;
  private final Throttling throttling;
  private final ClientRequests requests;
  private final Bodies bodies;
  private final RoomReplies replies;
  private final MemberRoutes members;
  private final InvitationRoutes invitations;
  private final HistoryRoutes history;

  public RoomRoutes(
      Rooms rooms,
      Accounts accounts,
      Authenticated authenticated,
      Throttling throttling,
      ClientRequests requests,
      Bodies bodies) {
    this.requests = requests;
    this.rooms = rooms;
    this.throttling = throttling;
    this.accounts = accounts;
    this.authenticated = authenticated;
    this.bodies = bodies;
    this.replies = new RoomReplies(rooms);
    this.members = new MemberRoutes(rooms, replies, authenticated, bodies);
    this.invitations =
        new InvitationRoutes(rooms, accounts, replies, authenticated, requests, bodies);
    this.history = new HistoryRoutes(rooms, accounts, authenticated);
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                pathPrefix(
                    "rooms", () -> concat(pathEnd(this::all), pathPrefix(segment(), this::one))),
                pathPrefix("invitations", invitations::held)));
  }

  private Route all() {
    return post(() -> authenticated.caller(this::create));
  }

  private Route one(String room) {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> authenticated.caller(caller -> replies.described(caller, room, 200))),
                patch(() -> authenticated.caller(caller -> change(caller, room))),
                delete(() -> authenticated.caller(caller -> end(caller, room))))),
        path("join", () -> post(() -> authenticated.caller(caller -> join(caller, room)))),
        path("leave", () -> post(() -> authenticated.caller(caller -> leave(caller, room)))),
        path(
            segment("retention").slash("preview"),
            () -> get(() -> authenticated.caller(caller -> retention(caller, room)))),
        members.of(room),
        invitations.of(room),
        history.of(room));
  }

  private Route create(Access caller) {
    return bodies.read(
        CreateRoom.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked),
                () ->
                    longEnough(
                        asked.passcode(),
                        () -> limited(caller, asked.passcode(), () -> create(caller, asked)))));
  }

  private Route create(Access caller, CreateRoom asked) {
    var wanted = asked.withoutId();
    return asked
        .id()
        .<Route>map(id ->
            onSuccess(
                requests.claim(
                    caller.user(), id, "room", wanted, Rooms.newId(), rooms.clock().instant()),
                claim ->
                    switch (claim) {
                      case ClientRequests.Claim.Granted granted ->
                          create(caller, granted.target(), wanted);
                      case ClientRequests.Claim.Reused() -> Problems.route(Code.ID_REUSED);
                    }))
        .orElseGet(() -> create(caller, Rooms.newId(), wanted));
  }

  private Route create(Access caller, String room, CreateRoom asked) {
    return AccountReplies.after(
        accounts.openRoom(caller.user(), room, asked),
        () -> {
          LOG.info("{} created the room {}", caller.user(), room);
          return replies.described(caller, room, 201);
        });
  }

  private Route longEnough(Optional<String> passcode, Supplier<Route> inner) {
    return passcode
            .filter(code ->
                code.codePointCount(0, code.length()) < rooms.settings().passcodes().length())
            .isPresent()
        ? Problems.route(Code.PASSCODE_TOO_SHORT)
        : inner.get();
  }

  /// Limits the attempts with passcodes, each of which costs a slow hash.
  private Route limited(Access caller, Optional<String> passcode, Supplier<Route> inner) {
    return passcode.isEmpty() ? inner.get() : throttling.passcode(caller, inner);
  }

  private Route change(Access caller, String room) {
    return bodies.read(
        ChangeRoom.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked),
                () ->
                    asked.passcode().filter(code -> !code.isEmpty()).isPresent()
                        ? ifOwner(
                            caller,
                            room,
                            () ->
                                longEnough(
                                    asked.passcode(),
                                    () ->
                                        throttling.passcode(
                                            caller, () -> change(caller, room, asked))))
                        : change(caller, room, asked)));
  }

  /// Refuses other users before a slow operation. The room checks each change again.
  private Route ifOwner(Access caller, String room, Supplier<Route> inner) {
    return replies.look(
        room,
        new RoomView.Description(caller.user()),
        RoomView.Described.class,
        seen ->
            seen.role().isEmpty()
                ? Problems.route(Code.NOT_A_MEMBER)
                : seen.role().get().isAtLeast(Role.OWNER)
                    ? inner.get()
                    : Problems.route(Code.NOT_ALLOWED));
  }

  private Route change(Access caller, String room, ChangeRoom asked) {
    var changed =
        passcodeHash(asked)
            .thenCompose(hash ->
                rooms.perform(
                    room,
                    caller.user(),
                    new RoomAction.ChangeSettings(
                        asked.name(),
                        asked.topic(),
                        asked.visibility(),
                        hash,
                        asked.capacity(),
                        asked.retention(),
                        asked.moderation())));
    return RoomReplies.done(changed, () -> replies.described(caller, room, 200));
  }

  private CompletionStage<Optional<String>> passcodeHash(ChangeRoom asked) {
    return asked
        .passcode()
        .filter(code -> !code.isEmpty())
        .map(code -> rooms.passcodes().hash(code).thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedFuture(asked.passcode()));
  }

  private Route retention(Access caller, String room) {
    return QueryFields.read(
        Set.of("days", "entries", "bytes"),
        query ->
            ifOwner(
                caller,
                room,
                () ->
                    onSuccess(
                        rooms.preview(
                            room,
                            new Retention(
                                query.number("entries"),
                                query.number("days"),
                                query.number("bytes"))),
                        found -> complete(Bodies.json(200, preview(found))))));
  }

  private static RetentionPreview preview(Rooms.RetentionPreview found) {
    var removed = found.removed();
    return new RetentionPreview(
        found.effective(),
        removed.entries(),
        removed.messages(),
        removed.bytes(),
        removed.first(),
        removed.oldest());
  }

  private Route end(Access caller, String room) {
    return RoomReplies.done(
        rooms.perform(room, caller.user(), new RoomAction.Delete()),
        () -> {
          LOG.info("{} deleted the room {}", caller.user(), room);
          return complete(HttpResponse.create().withStatus(204));
        });
  }

  private Route join(Access caller, String room) {
    return bodies.readOptional(
        JoinRoom.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked),
                () -> {
                  // an account must not record an id that is not a room's
                  if (!Rooms.isId(room)) return Problems.route(Code.UNKNOWN_ROOM);
                  return limited(
                      caller,
                      asked.passcode(),
                      () ->
                          AccountReplies.after(
                              accounts.join(
                                  caller.user(), room, asked.passcode(), asked.invitation()),
                              () -> replies.described(caller, room, 200)));
                }));
  }

  private Route leave(Access caller, String room) {
    if (!Rooms.isId(room)) return Problems.route(Code.UNKNOWN_ROOM);
    return AccountReplies.after(
        accounts.leave(caller.user(), room), () -> complete(HttpResponse.create().withStatus(204)));
  }
}
