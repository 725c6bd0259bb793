package kith.node.gateway.http;

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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomAction;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers.Invitation;
import kith.protocol.rest.RoomAnswers.InvitationPreview;
import kith.protocol.rest.RoomAnswers.Invitations;
import kith.protocol.rest.RoomRequests.Invite;
import kith.protocol.rest.RoomRequests.UseInvitation;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Invitations: created and revoked in their room, and used by the holder of their token.
final class InvitationRoutes {

  private final Rooms rooms;
  private final Accounts accounts;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final ClientRequests requests;
  private final Bodies bodies;

  InvitationRoutes(
      Rooms rooms,
      Accounts accounts,
      RoomReplies replies,
      Authenticated authenticated,
      ClientRequests requests,
      Bodies bodies) {
    this.requests = requests;
    this.rooms = rooms;
    this.accounts = accounts;
    this.replies = replies;
    this.authenticated = authenticated;
    this.bodies = bodies;
  }

  Route of(String room) {
    return pathPrefix(
        "invitations",
        () ->
            concat(
                pathEnd(() ->
                    concat(
                        post(() -> authenticated.caller(caller -> invite(caller, room))),
                        get(() -> authenticated.caller(caller -> list(caller, room))))),
                path(
                    segment(),
                    invitation ->
                        delete(() ->
                            authenticated.caller(caller ->
                                replies.perform(
                                    caller, room, new RoomAction.Revoke(invitation)))))));
  }

  /// The routes for the holder of a token.
  Route held() {
    return concat(
        path("look", () -> post(() -> authenticated.caller(_ -> withToken(this::preview)))),
        path(
            "accept",
            () ->
                post(() ->
                    authenticated.caller(caller -> withToken(token -> accept(caller, token))))));
  }

  private Route withToken(Function<String, Route> inner) {
    return bodies.read(
        UseInvitation.class,
        asked ->
            RoomReplies.checked(RoomFields.firstWrong(asked), () -> inner.apply(asked.token())));
  }

  private Route invite(Access caller, String room) {
    return bodies.readOptional(
        Invite.class,
        asked ->
            RoomReplies.checked(
                RoomFields.firstWrong(asked, rooms.settings().invitationValidity()),
                () -> invite(caller, room, asked)));
  }

  private Route invite(Access caller, String room, Invite asked) {
    var wanted = asked.withoutId();
    var now = rooms.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return asked
        .id()
        .<Route>map(id ->
            onSuccess(
                requests.claim(
                    caller.user(), id, "invitation to " + room, wanted, Rooms.newId(), now),
                claim ->
                    switch (claim) {
                      case ClientRequests.Claim.Granted granted ->
                          inviteOnce(caller, room, wanted, granted);
                      case ClientRequests.Claim.Reused() -> Problems.route(Code.ID_REUSED);
                    }))
        .orElseGet(() -> {
          var token = kith.node.core.room.Invitations.newToken(room);
          var made = invitation(caller, wanted, Rooms.newId(), token, now);
          return RoomReplies.done(
              rooms.perform(room, caller.user(), act(made, token)), () -> complete(created(made)));
        });
  }

  /// A repeated request gets the same invitation; after the first answer the room is not asked
  /// again, because the invitation may have been revoked since.
  private Route inviteOnce(
      Access caller, String room, Invite asked, ClientRequests.Claim.Granted granted) {
    var token = kith.node.core.room.Invitations.token(room, granted.secret());
    var made = invitation(caller, asked, granted.target(), token, granted.at());
    if (granted.isDone()) return complete(created(made));
    return RoomReplies.done(
        rooms.perform(room, caller.user(), act(made, token)),
        () -> onSuccess(requests.done(granted), _ -> complete(created(made))));
  }

  private Invitation invitation(Access caller, Invite asked, String id, String token, Instant at) {
    var expires = at.plusMillis(asked.validMillis().orElse(usualMillis()));
    return new Invitation(id, Optional.of(token), caller.user(), expires, asked.uses());
  }

  private static RoomAction.Invite act(Invitation made, String token) {
    return new RoomAction.Invite(
        made.invitation(),
        kith.node.core.room.Invitations.hash(token),
        made.expires(),
        made.usesLeft());
  }

  private static HttpResponse created(Invitation made) {
    return Bodies.json(201, made);
  }

  private long usualMillis() {
    return Math.min(
        Intervals.USUAL_INVITATION.toMillis(), rooms.settings().invitationValidity().toMillis());
  }

  private Route list(Access caller, String room) {
    return replies.look(
        room,
        new RoomView.Invitations(caller.user()),
        RoomView.InvitationList.class,
        found ->
            complete(
                Bodies.json(
                    200,
                    new Invitations(
                        found.invitations().stream()
                            .map(InvitationRoutes::invitation)
                            .sorted(
                                Comparator.comparing(Invitation::expires)
                                    .thenComparing(Invitation::invitation))
                            .toList()))));
  }

  private static Invitation invitation(RoomView.Invitation kept) {
    return new Invitation(kept.id(), Optional.empty(), kept.by(), kept.expires(), kept.usesLeft());
  }

  private Route preview(String token) {
    return room(
        token,
        room ->
            onSuccess(
                rooms.look(room, new RoomView.Preview(kith.node.core.room.Invitations.hash(token))),
                said ->
                    switch (said) {
                      case RoomView.Described(var seen, _, _, _) ->
                          complete(
                              Bodies.json(
                                  200,
                                  new InvitationPreview(
                                      seen.room(), seen.name(), seen.topic(), seen.members())));
                      case RoomView.Denied(var code) -> refused(code);
                      case RoomView.Answer ignored ->
                          throw new IllegalStateException("unexpected answer from the room");
                    }));
  }

  private Route accept(Access caller, String token) {
    return room(
        token,
        room ->
            onSuccess(
                accounts.join(caller.user(), room, Optional.empty(), Optional.of(token)),
                said ->
                    switch (said) {
                      case Account.Done() -> replies.described(caller, room, 200);
                      case Account.Refused(var code, _) -> refused(code);
                    }));
  }

  private static Route room(String token, Function<String, Route> inner) {
    return kith.node.core.room.Invitations.room(token)
        .map(inner)
        .orElseGet(() -> Problems.route(Code.UNKNOWN_INVITATION));
  }

  /// A token for a missing room is answered like a wrong token.
  private static Route refused(Code code) {
    return Problems.route(code == Code.UNKNOWN_ROOM ? Code.UNKNOWN_INVITATION : code);
  }
}
