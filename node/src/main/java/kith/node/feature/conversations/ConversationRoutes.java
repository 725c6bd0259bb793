package kith.node.feature.conversations;

import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.concurrent.CompletionStage;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Accounts;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.RoomReplies;
import org.apache.pekko.http.javadsl.server.Route;

/// The conversation with one other user.
public final class ConversationRoutes {
  private final Accounts accounts;
  private final RoomReplies replies;
  private final Authenticated authenticated;

  public ConversationRoutes(Accounts accounts, Rooms rooms, Authenticated authenticated) {
    this.accounts = accounts;
    this.replies = new RoomReplies(rooms);
    this.authenticated = authenticated;
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
    return AccountReplies.other(
        accounts,
        caller,
        user,
        with -> {
          var room = Conversations.id(caller.user(), with);
          return AccountReplies.after(
              converse(caller.user(), room, with), () -> replies.described(caller, room, 200));
        });
  }

  private CompletionStage<Answer> converse(String user, String room, String with) {
    return accounts.askAgain(
        user,
        replyTo -> new AccountConversations.Converse(room, with, replyTo),
        Account.Refused.UNAVAILABLE);
  }
}
