package kith.node.feature.secondfactor;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.OptionalLong;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.UserName;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.server.Route;

/// `DELETE /v1/admin/accounts/{user}/second-factor`, for users who have lost their app and their
/// recovery codes.
record FactorResetRoute(Edge edge, Audit audit) {
  private static final String NO_AUDIT =
      "The audit log does not answer, so nothing was done; try again.";

  Route route() {
    return path(
        segment("v1").slash("admin").slash("accounts").slash(segment()).slash("second-factor"),
        user ->
            delete(() ->
                edge.permitted()
                    .administrator(
                        ServerAct.RESET_SECOND_FACTORS,
                        caller ->
                            UserName.of(user)
                                .map(name -> reset(caller, name.text()))
                                .orElseGet(() -> Problems.route(Code.UNKNOWN_USER)))));
  }

  private Route reset(Caller caller, String user) {
    var entry = audit.entry(AuditAct.ADMIN_SECOND_FACTOR, caller.name()).about(user);
    return onComplete(
        audit.require(entry),
        stored -> {
          if (!stored.isSuccess())
            return complete(Problems.response(Code.UNAVAILABLE, NO_AUDIT, OptionalLong.empty()));
          return AccountReplies.done(
              edge.accounts()
                  .<Account.Answer>ask(
                      user,
                      replyTo -> new AccountSecondFactor.Reset(caller.role(), replyTo),
                      Refused.UNAVAILABLE)
                  .thenApply(answer -> {
                    if (answer instanceof Refused refused)
                      audit.record(entry.with("refused: " + refused.code().wire()));
                    return answer;
                  }));
        });
  }
}
