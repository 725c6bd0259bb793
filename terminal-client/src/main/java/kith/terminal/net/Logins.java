package kith.terminal.net;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.SecondFactors;
import kith.protocol.rest.ServerDescription;
import kith.protocol.rest.SignIn;

/// The REST calls that need no token, because they return one.
public final class Logins {
  private final Http http;

  public Logins(List<URI> nodes) {
    http = new Http(nodes);
  }

  /// Throws `Unreachable` unless a node answers.
  public void findNode() {
    try {
      http.ask("GET", "/alive", Optional.empty(), Optional.empty());
    } catch (Refused notOurs) {
      throw new Unreachable("This does not look like a Kith node.");
    }
  }

  public Accounts.Tokens signUp(String user, String password, String deviceName) {
    return signUp(user, password, deviceName, Optional.empty());
  }

  public Accounts.Tokens signUp(
      String user, String password, String deviceName, Optional<String> invitation) {
    return tokens(
        "/v1/accounts",
        new Accounts.SignUp(
            user,
            password,
            Optional.empty(),
            Optional.empty(),
            Optional.of(deviceName),
            Optional.empty(),
            invitation));
  }

  public Accounts.Tokens logIn(String user, String password, String deviceName) {
    return logIn(user, password, deviceName, Optional.empty());
  }

  /// @param earlier a refresh token of an earlier login on this device, which may have expired: the
  ///   server does not refuse a known device because of wrong passwords of others
  public Accounts.Tokens logIn(
      String user, String password, String deviceName, Optional<String> earlier) {
    return tokens(
        "/v1/tokens",
        new Accounts.LogIn(user, password, Optional.of(deviceName), Optional.empty(), earlier));
  }

  /// Completes a log-in whose answer was a ticket.
  ///
  /// @param code of the app, or a recovery code
  public Accounts.Tokens secondFactor(String ticket, String code) {
    return tokens("/v1/tokens/second-factor", new SecondFactors.SecondFactorLogIn(ticket, code));
  }

  /// The properties of the server; empty if it does not describe itself.
  public Optional<ServerDescription> description() {
    try {
      var text = http.ask("GET", "/v1/server", Optional.empty(), Optional.empty());
      return Optional.of(Json.rest(text, ServerDescription.class));
    } catch (Refused refused) {
      // a node that has not started yet, or has too many requests, may describe itself later
      if (refused.status() == 429 || refused.status() >= 500) throw refused;
      return Optional.empty();
    } catch (Malformed notOurs) {
      return Optional.empty();
    }
  }

  /// Begins to sign in with an identity provider.
  public SignIn.BegunSignIn beginSignIn(String provider, String deviceName) {
    return ask(
        "/v1/identity/" + URLEncoder.encode(provider, StandardCharsets.UTF_8) + "/device",
        new SignIn.BeginSignIn(Optional.of(deviceName), Optional.empty()),
        SignIn.BegunSignIn.class);
  }

  /// Refused until the user has approved it.
  ///
  /// @param user the name for a new account, if the server has requested one
  public Accounts.Tokens finishSignIn(String signIn, Optional<String> user) {
    return tokens("/v1/identity/tokens", new SignIn.FinishSignIn(signIn, user));
  }

  /// Sets a new password with the code of an administrator.
  public Accounts.Tokens newPassword(String user, String code, String password, String deviceName) {
    return tokens(
        "/v1/tokens/reset",
        new Accounts.ResetPassword(
            user, code, password, Optional.of(deviceName), Optional.empty()));
  }

  public Accounts.Tokens refresh(String refreshToken) {
    return tokens("/v1/tokens/refresh", new Accounts.Refresh(Optional.of(refreshToken)));
  }

  private Accounts.Tokens tokens(String path, Record question) {
    return ask(path, question, Accounts.Tokens.class);
  }

  private <T> T ask(String path, Record question, Class<T> type) {
    var text = http.ask("POST", path, Optional.of(Json.restText(question)), Optional.empty());
    try {
      return Json.rest(text, type);
    } catch (Malformed notOurs) {
      throw new Unreachable("This does not look like a Kith node.");
    }
  }
}
