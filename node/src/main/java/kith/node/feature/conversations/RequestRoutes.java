package kith.node.feature.conversations;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Comparator;
import java.util.List;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.feature.conversations.RequestEntry.Kind;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.rest.People.Request;
import kith.protocol.rest.People.Requests;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The requests of an account to begin conversations. [ConversationRoutes] sends and accepts them.
public final class RequestRoutes {
  private final Accounts accounts;
  private final Authenticated authenticated;

  public RequestRoutes(Accounts accounts, Authenticated authenticated) {
    this.accounts = accounts;
    this.authenticated = authenticated;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path("requests", () -> get(() -> authenticated.caller(this::list))),
                path(
                    segment("requests").slash(segment()),
                    user -> delete(() -> authenticated.caller(caller -> end(caller, user))))));
  }

  private Route list(Access caller) {
    return onSuccess(
        accounts.askAgain(caller.user(), AccountRequests.Ask::new),
        found ->
            complete(
                found
                    .map(RequestRoutes::json)
                    .orElseGet(() -> Problems.response(Code.UNAVAILABLE))));
  }

  private static HttpResponse json(AccountRequests.Requests all) {
    return Bodies.json(
        200, new Requests(requests(all, Kind.INCOMING), requests(all, Kind.OUTGOING)));
  }

  /// Oldest first.
  private static List<Request> requests(AccountRequests.Requests all, Kind kind) {
    return RequestsSessionPart.requests(all.entries(), kind).stream()
        .sorted(Comparator.comparing(Request::at).thenComparing(Request::user))
        .toList();
  }

  private Route end(Access caller, String user) {
    return RoomReplies.user(
        user,
        name ->
            AccountReplies.done(
                accounts.ask(
                    caller.user(),
                    replyTo -> new AccountRequests.End(name, replyTo),
                    Account.Refused.UNAVAILABLE)));
  }
}
