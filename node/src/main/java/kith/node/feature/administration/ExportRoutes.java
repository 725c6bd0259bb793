package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.account.Accounts;
import kith.node.feature.administration.AccountExport.Place;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /v1/account/export`, and `GET /v1/admin/accounts/{user}/export` for the operator of the
/// node's machine.
record ExportRoutes(
    AccountExport export, Accounts accounts, Authenticated authenticated, AdministratorGate gate) {
  private static final String ONLY_HERE =
      "An export has the texts of messages, so only the operator of the node's machine gets it.";

  private static final Set<String> FLAGS = Set.of("true", "false");

  Route route() {
    return concat(
        path(
            segment("v1").slash("account").slash("export"),
            () -> get(() -> authenticated.caller(caller -> page(caller.user())))),
        path(
            segment("v1").slash("admin").slash("accounts").slash(segment()).slash("export"),
            user ->
                get(() -> gate.run(ServerAct.READ_ACCOUNTS, caller -> ofOperator(caller, user)))));
  }

  private Route ofOperator(Caller caller, String user) {
    if (!caller.equals(Permitted.OPERATOR))
      return complete(Problems.response(Code.NOT_ALLOWED, ONLY_HERE, OptionalLong.empty()));
    return AccountReplies.named(
        user,
        name ->
            QueryFields.read(
                Set.of(),
                query ->
                    // an export has many pages, and is recorded once
                    query.text("next").isPresent()
                        ? existing(name)
                        : gate.recorded(
                            caller,
                            AuditAct.ADMIN_EXPORT,
                            Optional.of(name),
                            Optional.empty(),
                            () -> existing(name))));
  }

  private Route existing(String user) {
    return AccountReplies.existing(accounts, user, _ -> page(user));
  }

  private Route page(String user) {
    return QueryFields.read(
        Set.of(),
        query -> {
          var contents = query.text("contents");
          return contents.filter(it -> !FLAGS.contains(it)).isPresent()
              ? WrongFields.route("contents")
              : page(user, query.text("next"), contents.filter("true"::equals).isPresent());
        });
  }

  private Route page(String user, Optional<String> next, boolean withFiles) {
    return next.map(Place::of)
        .orElse(Optional.of(Place.first()))
        .<Route>map(from ->
            onSuccess(export.page(user, from, withFiles), page -> complete(Bodies.json(200, page))))
        .orElseGet(() -> WrongFields.route("next"));
  }
}
