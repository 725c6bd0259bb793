package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.auth.ServerAct;
import kith.node.gateway.http.Permitted.Caller;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.server.Route;

/// Admits administrators, and records each act in the audit log before it is carried out. Without
/// the audit log they can do nothing.
public record AdministratorGate(Permitted permitted, Audit audit) {
  private static final String NO_AUDIT =
      "The audit log does not answer, so nothing was done; try again.";

  public Route run(ServerAct act, Function<Caller, Route> inner) {
    return permitted.administrator(act, inner);
  }

  /// Admits an administrator to an act on an account.
  ///
  /// @param inner gets the caller and the canonical name of the account, which may not exist
  public Route onAccount(ServerAct act, String user, BiFunction<Caller, String, Route> inner) {
    return run(act, caller -> AccountReplies.named(user, name -> inner.apply(caller, name)));
  }

  /// Admits a caller who may read, and records that the caller reads `what`.
  public Route read(ServerAct act, String what, Supplier<Route> inner) {
    return run(
        act, caller -> recorded(caller, AuditAct.ADMIN_READ, entry -> entry.with(what), inner));
  }

  /// Records that an act was refused after all.
  public void refused(Caller caller, AuditAct act, String account, Code code) {
    refused(caller, act, entry -> entry.about(account), code);
  }

  /// @param about completes the entry
  public void refused(Caller caller, AuditAct act, UnaryOperator<AuditEntry> about, Code code) {
    audit.record(about.apply(audit.entry(act, caller.name())).with("refused: " + code.wire()));
  }

  /// Runs `inner` when the entry is stored.
  public Route recorded(
      Caller caller,
      AuditAct act,
      Optional<String> account,
      Optional<String> detail,
      Supplier<Route> inner) {
    return recorded(
        caller,
        act,
        entry -> {
          var whose = account.map(entry::about).orElse(entry);
          return detail.map(whose::with).orElse(whose);
        },
        inner);
  }

  /// @param about completes the entry
  public Route recorded(
      Caller caller, AuditAct act, UnaryOperator<AuditEntry> about, Supplier<Route> inner) {
    return onComplete(
        audit.require(about.apply(audit.entry(act, caller.name()))),
        stored ->
            stored.isSuccess()
                ? inner.get()
                : complete(Problems.response(Code.UNAVAILABLE, NO_AUDIT, OptionalLong.empty())));
  }
}
