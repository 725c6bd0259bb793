package kith.node.http;

import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.function.Function;
import kith.node.account.Account;
import kith.node.account.Accounts;
import kith.node.account.Tokens.Access;
import kith.node.account.UserName;
import kith.node.room.Conversations;
import kith.node.room.Rooms;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.server.Route;

/// What one account has to do with another.
public final class PeopleRoutes {
  private final Accounts accounts;
  private final Authenticated authenticated;
  private final RoomReplies replies;

  public PeopleRoutes(Accounts accounts, Rooms rooms, Authenticated authenticated) {
    this.accounts = accounts;
    this.authenticated = authenticated;
    this.replies = new RoomReplies(rooms);
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            path(
                segment("users").slash(segment()).slash("conversation"),
                user -> put(() -> authenticated.caller(caller -> converse(caller, user)))));
  }

  private Route converse(Access caller, String user) {
    return other(
        caller,
        user,
        with -> {
          var room = Conversations.id(caller.user(), with);
          return RoomRoutes.after(
              accounts.converse(caller.user(), room, with),
              () -> replies.described(caller, room, 200));
        });
  }

  /// Goes on with somebody else who has an account.
  private Route other(Access caller, String user, Function<String, Route> inner) {
    var name = UserName.of(user);
    if (name.isEmpty()) return Problems.route(Code.UNKNOWN_USER);
    if (name.get().text().equals(caller.user())) return AccountRoutes.wrongField("user");
    return onSuccess(
        accounts.read(name.get().text()),
        reply ->
            switch (reply) {
              case Account.View _ -> inner.apply(name.get().text());
              case Account.Refused(var code, _) -> Problems.route(code);
            });
  }
}
