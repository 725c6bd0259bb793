package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.audit.AuditAct;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.core.account.Account;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.platform.config.HttpSettings;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.LogIn;
import kith.protocol.rest.Accounts.Refresh;
import kith.protocol.rest.Accounts.ResetPassword;
import kith.protocol.rest.Accounts.SignUp;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/// Routes that give tokens: sign-up, login, refresh, a new password with a code.
public final class TokenRoutes {

  private final Accounts accounts;
  private final Tokens tokens;
  private final Throttling throttling;
  private final SignUpAdmission admission;
  private final Origins origins;
  private final Bodies bodies;
  private final Cookies cookies;
  private final Admissions admissions;
  private final RefreshGate gate;
  private final boolean hasPasswords;
  private final Clock clock;

  /// @param hasPasswords whether people may sign up and log in with passwords
  public TokenRoutes(
      Accounts accounts,
      Tokens tokens,
      Throttling throttling,
      SignUpAdmission admission,
      Admissions admissions,
      RefreshGate gate,
      boolean hasPasswords,
      HttpSettings settings,
      Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.throttling = throttling;
    this.admission = admission;
    this.origins = new Origins(settings);
    this.bodies = new Bodies(settings.bodyBytes());
    this.cookies = new Cookies(settings.secureCookies());
    this.admissions = admissions;
    this.gate = gate;
    this.hasPasswords = hasPasswords;
    this.clock = clock;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path("accounts", () -> post(() -> withPassword(this::signUp))),
                pathPrefix("tokens", this::tokens)));
  }

  private Route tokens() {
    return concat(
        pathEnd(() -> post(() -> withPassword(this::logIn))),
        path("refresh", () -> post(() -> extractRequest(this::refresh))),
        path("reset", () -> post(() -> withPassword(this::reset))));
  }

  private Route withPassword(Function<HttpRequest, Route> inner) {
    return hasPasswords ? extractRequest(inner) : Problems.route(Code.PASSWORDS_OFF);
  }

  private Route signUp(HttpRequest request) {
    return bodies.read(
        SignUp.class,
        asked -> {
          var wrong = wrongField(asked);
          if (wrong.isPresent()) return WrongFields.route(wrong.get());
          if (!mayHaveCookies(request, asked.cookies()))
            return Problems.route(Code.ORIGIN_NOT_ALLOWED);
          return UserName.of(asked.user())
              .filter(user -> !Names.mixesScripts(user.text()))
              .map(user -> signUp(user, asked))
              .orElseGet(() -> Problems.route(Code.BAD_USER_NAME));
        });
  }

  private Route signUp(UserName user, SignUp asked) {
    // must be checked before the answer reveals anything about the name
    return throttling.signUp(() ->
        admissions.begun(
            "signed up",
            AuditAct.SIGN_UP,
            user.text(),
            newDevice(asked.deviceName(), asked.cookies()),
            Optional.empty(),
            admission
                .refusal(user, asked)
                .thenCompose(refusal ->
                    refusal
                        .<CompletionStage<Account.Admission>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> admittedSignUp(user, asked)))));
  }

  private CompletionStage<Account.Admission> admittedSignUp(UserName user, SignUp asked) {
    return accounts
        .signUp(
            user,
            new Secret(asked.password()),
            asked.displayName().filter(text -> !text.isEmpty()),
            asked.email().filter(text -> !text.isEmpty()),
            newDevice(asked.deviceName(), asked.cookies()))
        .thenCompose(answer -> admission.signedUp(user, answer));
  }

  private static Optional<String> wrongField(SignUp asked) {
    return ProfileFields.firstWrong(
            new ChangeProfile(
                asked.displayName(), Optional.empty(), asked.email(), Optional.empty()))
        .or(() -> wrongDevice(asked.deviceName()));
  }

  private static Optional<String> wrongDevice(Optional<String> name) {
    return name.filter(text -> !ProfileFields.isName(text)).map(_ -> "deviceName");
  }

  private Route logIn(HttpRequest request) {
    return bodies.read(
        LogIn.class,
        asked -> {
          var wrong = wrongDevice(asked.deviceName());
          if (wrong.isPresent()) return WrongFields.route(wrong.get());
          if (!mayHaveCookies(request, asked.cookies()))
            return Problems.route(Code.ORIGIN_NOT_ALLOWED);
          var user = UserName.of(asked.user());
          var known = user.flatMap(name -> knownDevice(request, name, asked));
          return throttling.logIn(
              known,
              client ->
                  user.map(name -> logIn(name, asked, client, known))
                      // no account can have this name, and this is public: the timing need not be
                      // hidden
                      .orElseGet(() -> Problems.route(Code.WRONG_CREDENTIALS)));
        });
  }

  /// The device that this client had before, even if it is logged out by now.
  private Optional<String> knownDevice(HttpRequest request, UserName user, LogIn asked) {
    return asked
        .refreshToken()
        .or(() -> cookies.refresh(request))
        .flatMap(token -> tokens.knownDevice(token, user.text(), clock.instant()));
  }

  private Route logIn(UserName user, LogIn asked, Client client, Optional<String> known) {
    var device = newDevice(asked.deviceName(), asked.cookies());
    return admissions.begun(
        "logged in",
        AuditAct.LOG_IN,
        user.text(),
        device,
        known,
        accounts.logIn(user, new Secret(asked.password()), device, client));
  }

  private Route reset(HttpRequest request) {
    return bodies.read(
        ResetPassword.class,
        asked -> {
          var wrong = wrongDevice(asked.deviceName());
          if (wrong.isPresent()) return WrongFields.route(wrong.get());
          if (!mayHaveCookies(request, asked.cookies()))
            return Problems.route(Code.ORIGIN_NOT_ALLOWED);
          return throttling.logIn(
              Optional.empty(),
              client ->
                  UserName.of(asked.user())
                      .map(name -> reset(name, asked, client))
                      .orElseGet(() -> Problems.route(Code.WRONG_CREDENTIALS)));
        });
  }

  private Route reset(UserName user, ResetPassword asked, Client client) {
    var device = newDevice(asked.deviceName(), asked.cookies());
    return admissions.begun(
        "set a new password with a code",
        AuditAct.PASSWORD_RESET,
        user.text(),
        device,
        Optional.empty(),
        accounts.resetPassword(
            user, new Secret(asked.code()), new Secret(asked.password()), device, client));
  }

  private Route refresh(HttpRequest request) {
    return bodies.readOptional(
        Refresh.class,
        asked -> {
          if (asked.refreshToken().isEmpty()
              && cookies.refresh(request).isPresent()
              && !origins.allowCookie(request)) return Problems.route(Code.ORIGIN_NOT_ALLOWED);
          return asked
              .refreshToken()
              .or(() -> cookies.refresh(request))
              .map(this::refresh)
              .orElseGet(() -> Problems.route(Code.UNAUTHENTICATED));
        });
  }

  private Route refresh(String token) {
    return onSuccess(
        tokens.findKey(token),
        _ ->
            tokens
                .verifyRefresh(token, clock.instant())
                .map(this::refresh)
                .orElseGet(() -> Problems.route(Code.UNAUTHENTICATED)));
  }

  private Route refresh(Tokens.Renewal renewal) {
    return onSuccess(
        gate.refusal(renewal),
        refusal ->
            refusal
                .map(Problems::route)
                .orElseGet(() -> admissions.refreshed(renewal.user(), accounts.refresh(renewal))));
  }

  private boolean mayHaveCookies(HttpRequest request, Optional<Boolean> cookies) {
    return !cookies.orElse(false) || origins.allowIfSaid(request);
  }

  /// A device with the name that its client gives, or a default one.
  private static NewDevice newDevice(Optional<String> name, Optional<Boolean> cookies) {
    return new NewDevice(
        name.filter(text -> !text.isEmpty()).orElse("unnamed"), cookies.orElse(false));
  }
}
