package kith.node.feature.inbox;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.Inboxes.Inbox;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists all rooms of an account, and mutes rooms.
public final class InboxRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(InboxRoutes.class);

  private final Accounts accounts;
  private final InboxLookup overview;
  private final Authenticated authenticated;

  public InboxRoutes(Accounts accounts, InboxLookup overview, Authenticated authenticated) {
    this.accounts = accounts;
    this.overview = overview;
    this.authenticated = authenticated;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "account",
                () ->
                    concat(
                        path("inbox", () -> get(() -> authenticated.caller(this::read))),
                        path(segment("muted").slash(segment()), this::muted))));
  }

  private Route muted(String room) {
    return concat(
        put(() -> authenticated.caller(caller -> mute(caller, room, true))),
        delete(() -> authenticated.caller(caller -> mute(caller, room, false))));
  }

  private Route read(Access caller) {
    return onSuccess(
        pages(caller.user(), Optional.empty()).thenCompose(asked -> answer(caller.user(), asked)),
        response -> complete(response));
  }

  private CompletionStage<AccountInbox.Asked> pages(String user, Optional<String> after) {
    return accounts
        .<AccountInbox.Asked>ask(
            user, replyTo -> new AccountInbox.Ask(replyTo, after), new AccountInbox.NotNow())
        .thenCompose(answer ->
            answer instanceof AccountInbox.State page && page.next().isPresent()
                ? pages(user, page.next()).thenApply(rest -> both(page, rest))
                : CompletableFuture.completedFuture(answer));
  }

  private static AccountInbox.Asked both(AccountInbox.State page, AccountInbox.Asked rest) {
    return switch (rest) {
      case AccountInbox.State following -> page.and(following);
      case AccountInbox.NotNow none -> none;
    };
  }

  private CompletionStage<HttpResponse> answer(String user, AccountInbox.Asked asked) {
    return switch (asked) {
      case AccountInbox.State all ->
          overview
              .of(user, reads(all), all.sight().blocked())
              .handle((found, fault) -> {
                if (fault == null) return json(user, all, found);
                LOG.warn("The inbox could not be read: {}", fault.toString());
                return Problems.response(Code.UNAVAILABLE);
              });
      case AccountInbox.NotNow _ ->
          CompletableFuture.completedFuture(Problems.response(Code.UNAVAILABLE));
    };
  }

  private static Map<String, Long> reads(AccountInbox.State all) {
    var reads = new HashMap<String, Long>();
    for (var room : all.rooms()) reads.put(room, 0L);
    for (var position : all.positions()) reads.replace(position.room(), position.read());
    return reads;
  }

  private static HttpResponse json(
      String user, AccountInbox.State all, List<RoomSummary> headlines) {
    return Bodies.json(
        200, new Inbox(InboxRows.whole(user, all.positions(), headlines, all.sight())));
  }

  private Route mute(Access caller, String room, boolean muted) {
    return AccountReplies.done(
        accounts.ask(
            caller.user(),
            replyTo -> new AccountInbox.Mute(room, muted, replyTo),
            Account.Refused.UNAVAILABLE));
  }
}
