package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.OptionalLong;
import java.util.function.Function;
import kith.node.auth.ServerAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account.ServerRoleAnswer;
import kith.node.core.account.Accounts;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.ServerRole;
import org.apache.pekko.http.javadsl.server.Route;

/// Admits callers whose server role permits an act. The account is asked for its role at each
/// request, so a removed role stops permitting anything at once.
public final class Permitted {
  private static final String REFUSAL = "Your role on this server does not allow that.";

  /// The user of the node's machine.
  public static final Caller OPERATOR = new Caller(Names.OPERATOR, ServerRole.OWNER);

  /// The account that made a request, with the role at that time.
  public record Caller(String name, ServerRole role) {}

  private final Accounts accounts;
  private final Authenticated authenticated;

  public Permitted(Accounts accounts, Authenticated authenticated) {
    this.accounts = accounts;
    this.authenticated = authenticated;
  }

  /// Admits a user whose server role permits the act.
  public Route user(ServerAct act, Function<Access, Route> inner) {
    return authenticated.caller(caller -> permitted(act, caller, _ -> inner.apply(caller)));
  }

  /// Admits an administrator whose role permits the act, or the operator of the node's machine.
  public Route administrator(ServerAct act, Function<Caller, Route> inner) {
    return extractRequest(request ->
        LocalSocket.isLocal(request)
            ? inner.apply(OPERATOR)
            : authenticated.caller(caller ->
                permitted(
                    act, caller, role -> inner.apply(new Caller(caller.user(), role.role())))));
  }

  private Route permitted(ServerAct act, Access caller, Function<ServerRoleAnswer, Route> inner) {
    return onSuccess(
        accounts.serverRole(caller.user()),
        answer ->
            answer
                .map(role -> role.mayDo(act) ? inner.apply(role) : refused())
                .orElseGet(() -> Problems.route(Code.UNAVAILABLE)));
  }

  static Route refused() {
    return complete(Problems.response(Code.NOT_ALLOWED, REFUSAL, OptionalLong.empty()));
  }
}
