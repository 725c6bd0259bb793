package kith.node.feature.conversations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Accounts;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.Names;
import kith.protocol.rest.People.BeginConversation;
import org.apache.pekko.http.javadsl.server.Route;

/// Begins the conversation with one other user, or sends that user a request for one.
public final class ConversationRoutes {
  private final Accounts accounts;
  private final RoomReplies replies;
  private final Authenticated authenticated;
  private final Bodies bodies;

  public ConversationRoutes(
      Accounts accounts, Rooms rooms, Authenticated authenticated, Bodies bodies) {
    this.accounts = accounts;
    this.replies = new RoomReplies(rooms);
    this.authenticated = authenticated;
    this.bodies = bodies;
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
    return bodies.readOptional(
        BeginConversation.class,
        asked ->
            RoomReplies.checked(
                firstWrong(asked),
                () ->
                    AccountReplies.other(
                        accounts, caller, user, with -> converse(caller, with, asked))));
  }

  private static Optional<String> firstWrong(BeginConversation asked) {
    return asked
        .request()
        .filter(text ->
            Names.isBlank(text) || !Lengths.isWithin(text, Lengths.VERSION_1.mostOfRequest()))
        .map(_ -> "request");
  }

  private Route converse(Access caller, String with, BeginConversation asked) {
    var room = Conversations.id(caller.user(), with);
    return onSuccess(
        converse(caller.user(), room, with),
        answer ->
            switch (answer) {
              case Account.Done() -> replies.described(caller, room, 200);
              case Account.Refused(var code, _)
                  when code == Code.REQUEST_REQUIRED && asked.request().isPresent() ->
                  request(caller, with, asked.request().get());
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private CompletionStage<Answer> converse(String user, String room, String with) {
    return accounts.askAgain(
        user,
        replyTo -> new AccountConversations.Converse(room, with, replyTo),
        Account.Refused.UNAVAILABLE);
  }

  private Route request(Access caller, String with, String text) {
    return onSuccess(
        accounts.askAgain(
            caller.user(),
            replyTo -> new AccountRequests.Send(with, text, replyTo),
            new AccountRequests.NotSent(Code.UNAVAILABLE, OptionalLong.empty())),
        (AccountRequests.SendReply reply) ->
            complete(
                switch (reply) {
                  case AccountRequests.Sent(var request) -> Bodies.json(202, request.with(with));
                  case AccountRequests.NotSent(var code, var wait) -> Problems.response(code, wait);
                }));
  }
}
