package kith.node.feature.files;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.rest.Administration.ChangeFileQuota;
import kith.protocol.rest.SharedFiles.FileQuota;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The size of an account's files, and the size that it may have: `/v1/account/files` for its user,
/// `/v1/admin/accounts/{user}/files` for administrators.
///
/// @param usual bytes that accounts without a quota of their own may have
record QuotaRoutes(FileQuotas quotas, long usual, Edge edge) {
  Route ofCaller() {
    return path(
        segment("v1").slash("account").slash("files"),
        () -> get(() -> edge.authenticated().caller(caller -> sent(caller.user()))));
  }

  Route ofAdministrators() {
    return path(
        segment("v1").slash("admin").slash("accounts").slash(segment()).slash("files"),
        user ->
            concat(
                get(() ->
                    edge.administrators().onAccount(ServerAct.READ_ACCOUNTS, user, this::read)),
                put(() ->
                    edge.administrators()
                        .onAccount(
                            ServerAct.CHANGE_QUOTAS,
                            user,
                            (caller, name) ->
                                edge.bodies()
                                    .read(
                                        ChangeFileQuota.class,
                                        asked -> change(caller, name, asked.quotaBytes())))),
                delete(() ->
                    edge.administrators()
                        .onAccount(
                            ServerAct.CHANGE_QUOTAS,
                            user,
                            (caller, name) ->
                                changed(caller, name, "usual", () -> quotas.remove(name))))));
  }

  private Route read(Caller caller, String user) {
    return edge.administrators()
        .recorded(
            caller,
            AuditAct.ADMIN_READ,
            entry -> entry.about(user).with("files"),
            () -> AccountReplies.existing(edge.accounts(), user, _ -> sent(user)));
  }

  private Route sent(String user) {
    return onSuccess(quotas.read(user), usage -> complete(Bodies.json(200, shown(usage))));
  }

  private FileQuota shown(FileQuotas.Usage usage) {
    return new FileQuota(usage.used(), usage.own().orElse(usual), usage.own().isPresent());
  }

  private Route change(Caller caller, String user, long bytes) {
    return bytes < 0
        ? WrongFields.route("quotaBytes")
        : changed(caller, user, bytes + " bytes", () -> quotas.change(user, bytes));
  }

  private Route changed(
      Caller caller, String user, String detail, Supplier<CompletionStage<Integer>> change) {
    return edge.administrators()
        .recorded(
            caller,
            AuditAct.ADMIN_QUOTA,
            Optional.of(user),
            Optional.of(detail),
            () ->
                AccountReplies.existing(
                    edge.accounts(),
                    user,
                    role -> {
                      if (ServerAct.mayDoTo(role, caller.role(), ServerAct.CHANGE_QUOTAS))
                        return onSuccess(
                            change.get(), _ -> complete(HttpResponse.create().withStatus(204)));
                      edge.administrators()
                          .refused(caller, AuditAct.ADMIN_QUOTA, user, Code.NOT_ALLOWED);
                      return Problems.route(Code.NOT_ALLOWED);
                    }));
  }
}
