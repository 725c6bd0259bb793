package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Answers of accounts as HTTP responses.
public final class AccountReplies {
  private AccountReplies() {}

  /// 204, or the refusal.
  public static Route done(CompletionStage<Account.Answer> answer) {
    return after(answer, () -> complete(HttpResponse.create().withStatus(204)));
  }

  /// Runs `inner` unless the account refuses.
  public static Route after(CompletionStage<Account.Answer> answer, Supplier<Route> inner) {
    return onSuccess(
        answer,
        said ->
            switch (said) {
              case Account.Done() -> inner.get();
              case Account.Refused(var code, var wait) -> complete(Problems.response(code, wait));
            });
  }

  /// Runs `inner` with the canonical name of a user.
  public static Route named(String user, Function<String, Route> inner) {
    return UserName.of(user)
        .map(name -> inner.apply(name.text()))
        .orElseGet(() -> Problems.route(Code.UNKNOWN_USER));
  }

  /// Runs `inner` with the server role of an account, if the account exists.
  public static Route existing(Accounts accounts, String user, Function<ServerRole, Route> inner) {
    return onSuccess(
        accounts.serverRole(user),
        role ->
            role.map(it -> it.exists() ? inner.apply(it.role()) : Problems.route(Code.UNKNOWN_USER))
                .orElseGet(() -> Problems.route(Code.UNAVAILABLE)));
  }

  /// Runs `inner` with the canonical name of an existing user other than the caller.
  public static Route other(
      Accounts accounts, Access caller, String user, Function<String, Route> inner) {
    var name = UserName.of(user);
    if (name.isEmpty()) return Problems.route(Code.UNKNOWN_USER);
    if (name.get().text().equals(caller.user())) return WrongFields.route("user");
    return onSuccess(
        accounts.read(name.get().text()),
        reply ->
            switch (reply) {
              case Account.View _ -> inner.apply(name.get().text());
              case Account.Refused(var code, _) -> Problems.route(code);
            });
  }
}
