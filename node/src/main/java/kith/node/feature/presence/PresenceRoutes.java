package kith.node.feature.presence;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.RoomReplies;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Viewer;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.rest.Presences.ChooseStatus;
import kith.protocol.rest.Presences.PresentMember;
import kith.protocol.rest.Presences.RoomPresence;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.server.Route;

/// The presence of a room's members, and the status that an account chooses for itself.
public final class PresenceRoutes {
  private final ActorSystem<?> system;
  private final ActorRef<Presence.Command> presence;
  private final Accounts accounts;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final Bodies bodies;
  private final int mostWatched;

  public PresenceRoutes(
      ActorSystem<?> system,
      ActorRef<Presence.Command> presence,
      Accounts accounts,
      Rooms rooms,
      Authenticated authenticated,
      Bodies bodies,
      int mostWatched) {
    this.system = system;
    this.presence = presence;
    this.accounts = accounts;
    this.replies = new RoomReplies(rooms);
    this.authenticated = authenticated;
    this.bodies = bodies;
    this.mostWatched = mostWatched;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path(
                    segment("account").slash("status"),
                    () -> put(() -> authenticated.caller(this::choose))),
                path(
                    segment("rooms").slash(segment()).slash("presence"),
                    room -> get(() -> authenticated.caller(caller -> list(caller, room))))));
  }

  private Route choose(Access caller) {
    return bodies.read(
        ChooseStatus.class,
        asked ->
            mayBeChosen(asked.status())
                ? AccountReplies.done(
                    accounts.ask(
                        caller.user(),
                        replyTo -> new AccountStatus.Choose(asked.status(), replyTo),
                        Account.Refused.UNAVAILABLE))
                : WrongFields.route("status"));
  }

  /// A device is idle by itself; the chosen status is for all devices.
  private static boolean mayBeChosen(Status status) {
    return switch (status) {
      case ONLINE, DND, INVISIBLE -> true;
      case IDLE, OFFLINE -> false;
    };
  }

  private Route list(Access caller, String room) {
    return QueryFields.read(
        Set.of("limit"),
        query ->
            replies.look(
                room,
                new RoomView.Members(caller.user(), query.text("after"), query.limit(mostWatched)),
                RoomView.MemberList.class,
                found ->
                    onSuccess(
                        present(caller, found)
                            .thenApply(page -> Bodies.json(200, page))
                            .exceptionally(_ -> Problems.response(Code.UNAVAILABLE)),
                        response -> complete(response))));
  }

  private CompletionStage<RoomPresence> present(Access caller, RoomView.MemberList found) {
    var users = found.members().stream().map(RoomView.Person::user).collect(Collectors.toSet());
    return accounts
        .relations(caller.user())
        .thenCombine(
            states(users),
            (relations, states) -> page(new Viewer(caller.user(), relations), found, states));
  }

  private CompletionStage<Map<String, PresenceState>> states(Set<String> users) {
    return AskPattern.<Presence.Command, Presence.ToSession>ask(
            presence,
            replyTo -> new Presence.Watch(1, users, replyTo),
            Intervals.DIRECT_ANSWER,
            system.scheduler())
        .thenApply(told ->
            told.states().stream()
                .collect(Collectors.toMap(PresenceState::user, Function.identity())));
  }

  private static RoomPresence page(
      Viewer viewer, RoomView.MemberList found, Map<String, PresenceState> states) {
    var members =
        found.members().stream()
            .map(it -> {
              var state = states.getOrDefault(it.user(), PresenceState.absent(it.user()));
              var seen = state.seenBy(viewer);
              return new PresentMember(
                  it.user(), it.role(), it.since(), seen.status(), seen.lastSeen(), it.owner());
            })
            .toList();
    return new RoomPresence(
        members, found.more() ? Optional.of(members.getLast().user()) : Optional.empty());
  }
}
