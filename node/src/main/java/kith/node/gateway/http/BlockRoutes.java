package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.privacy.Relations;
import kith.protocol.rest.People.Blocked;
import org.apache.pekko.http.javadsl.server.Route;

/// The users an account blocks.
public final class BlockRoutes {
  private final Accounts accounts;
  private final Authenticated authenticated;

  public BlockRoutes(Accounts accounts, Authenticated authenticated) {
    this.accounts = accounts;
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
                        path("blocked", () -> get(() -> authenticated.caller(this::list))),
                        path(segment("blocked").slash(segment()), this::block))));
  }

  private Route list(Access caller) {
    return onSuccess(
        accounts.read(caller.user()),
        reply ->
            switch (reply) {
              case Account.View view -> complete(Bodies.json(200, blocked(view)));
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  private static Blocked blocked(Account.View view) {
    return new Blocked(
        view.relations().orElse(Relations.EMPTY).blocked().stream().sorted().toList());
  }

  private Route block(String user) {
    return concat(
        put(() -> authenticated.caller(caller -> block(caller, user, true))),
        delete(() -> authenticated.caller(caller -> block(caller, user, false))));
  }

  /// A name can be blocked even if no account has it.
  private Route block(Access caller, String user, boolean blocked) {
    return RoomReplies.user(
        user,
        name ->
            name.equals(caller.user())
                ? WrongFields.route("user")
                : AccountReplies.done(accounts.block(caller.user(), name, blocked)));
  }
}
