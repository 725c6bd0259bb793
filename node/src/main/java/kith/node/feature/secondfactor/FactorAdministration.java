package kith.node.feature.secondfactor;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Refused;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.SecondFactors;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/accounts/{user}/second-factor`: whether an account has one, and its end for users who
/// have lost their app and their recovery codes.
record FactorAdministration(Edge edge) {
  Route route() {
    return path(
        segment("v1").slash("admin").slash("accounts").slash(segment()).slash("second-factor"),
        user ->
            concat(
                get(() ->
                    edge.administrators().onAccount(ServerAct.READ_ACCOUNTS, user, this::read)),
                delete(() ->
                    edge.administrators()
                        .onAccount(ServerAct.RESET_SECOND_FACTORS, user, this::reset))));
  }

  private Route read(Caller caller, String user) {
    return edge.administrators()
        .recorded(
            caller,
            AuditAct.ADMIN_READ,
            entry -> entry.about(user),
            () -> AccountReplies.existing(edge.accounts(), user, _ -> read(user)));
  }

  private Route read(String user) {
    return onSuccess(
        edge.accounts()
            .<AccountSecondFactor.Reply>askAgain(
                user,
                AccountSecondFactor.Look::new,
                new AccountSecondFactor.No(Refused.UNAVAILABLE)),
        reply ->
            reply
                    instanceof
                    AccountSecondFactor.Standing(var on, var since, var codes, var required)
                ? complete(
                    Bodies.json(
                        200, new SecondFactors.SecondFactorStanding(on, since, codes, required)))
                : Problems.route(Code.UNAVAILABLE));
  }

  private Route reset(Caller caller, String user) {
    return edge.administrators()
        .recorded(
            caller,
            AuditAct.ADMIN_SECOND_FACTOR,
            entry -> entry.about(user),
            () ->
                AccountReplies.done(
                    edge.accounts()
                        .<Account.Answer>ask(
                            user,
                            replyTo -> new AccountSecondFactor.Reset(caller.role(), replyTo),
                            Refused.UNAVAILABLE)
                        .thenApply(answer -> {
                          if (answer instanceof Refused(var code, _))
                            edge.administrators()
                                .refused(caller, AuditAct.ADMIN_SECOND_FACTOR, user, code);
                          return answer;
                        })));
  }
}
