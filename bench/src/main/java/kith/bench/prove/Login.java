package kith.bench.prove;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Accounts.Tokens;

/// An account of this run, which stays logged in until the run ends.
final class Login {
  private static final Duration RENEWING = Duration.ofSeconds(5);
  private static final String DEVICE = "kith prove";

  private final Nodes nodes;
  private final String user;
  private final String password;
  private Tokens tokens;

  private Login(Nodes nodes, String user, String password, Tokens tokens) {
    this.nodes = nodes;
    this.user = user;
    this.password = password;
    this.tokens = tokens;
  }

  static Login signUp(Nodes nodes, String user, String password)
      throws Refused, IOException, InterruptedException {
    var body =
        new Accounts.SignUp(
            user,
            password,
            Optional.empty(),
            Optional.empty(),
            Optional.of(DEVICE),
            Optional.empty(),
            Optional.empty());
    var answer = nodes.anywhere(Nodes.Call.post("/v1/accounts", body));
    return new Login(nodes, user, password, Nodes.read(answer, Tokens.class));
  }

  String user() {
    return user;
  }

  synchronized String token() {
    return tokens.accessToken().orElseThrow();
  }

  /// Gets new tokens when the access token has expired. If the refresh is refused, because the
  /// answer to an earlier one was lost, it logs in with the password.
  synchronized void renew() throws Refused, IOException, InterruptedException {
    try {
      tokens = ask("/v1/tokens/refresh", new Accounts.Refresh(tokens.refreshToken()));
    } catch (Refused no) {
      if (no.isTemporary()) throw no;
      tokens =
          ask(
              "/v1/tokens",
              new Accounts.LogIn(
                  user, password, Optional.of(DEVICE), Optional.empty(), Optional.empty()));
    }
  }

  private Tokens ask(String path, Record body) throws Refused, IOException, InterruptedException {
    return Nodes.read(nodes.anywhere(Nodes.Call.post(path, body), RENEWING), Tokens.class);
  }

  /// Deletes the account; its name stays taken.
  void delete() throws Refused, IOException, InterruptedException {
    renew();
    var confirmation = Optional.<Record>of(new Accounts.DeleteAccount(password, Optional.empty()));
    nodes.anywhere(Nodes.Call.delete("/v1/account", token(), confirmation));
  }
}
