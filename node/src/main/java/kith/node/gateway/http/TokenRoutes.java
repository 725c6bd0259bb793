package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.core.account.Account;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.platform.config.NodeSettings;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.LogIn;
import kith.protocol.rest.Accounts.Refresh;
import kith.protocol.rest.Accounts.ResetPassword;
import kith.protocol.rest.Accounts.SignUp;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes that give tokens: sign-up, login, refresh, a new password with a code.
public final class TokenRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(TokenRoutes.class);

  /// Acts whose refusals are recorded, because somebody may be guessing.
  private static final Set<AuditAct> REFUSALS = Set.of(AuditAct.LOG_IN, AuditAct.PASSWORD_RESET);

  private final Accounts accounts;
  private final Tokens tokens;
  private final Throttling throttling;
  private final SignUpAdmission admission;
  private final Origins origins;
  private final Bodies bodies;
  private final Cookies cookies;
  private final Duration knownFor;
  private final ClientAddress clients;
  private final Audit audit;
  private final Clock clock;

  /// @param knownFor how long a browser that is not used is recognized when it logs in again
  public TokenRoutes(
      Accounts accounts,
      Tokens tokens,
      Throttling throttling,
      SignUpAdmission admission,
      NodeSettings.Http settings,
      Duration knownFor,
      Audit audit,
      Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.throttling = throttling;
    this.admission = admission;
    this.origins = new Origins(settings);
    this.bodies = new Bodies(settings.bodyBytes());
    this.knownFor = knownFor;
    this.cookies = new Cookies(settings.secureCookies());
    this.clients = new ClientAddress(settings.trustedProxies());
    this.audit = audit;
    this.clock = clock;
  }

  public Route route() {
    return pathPrefix(
        "v1",
        () ->
            concat(
                path("accounts", () -> post(() -> extractRequest(this::signUp))),
                pathPrefix("tokens", this::tokens)));
  }

  private Route tokens() {
    return concat(
        pathEnd(() -> post(() -> extractRequest(this::logIn))),
        path("refresh", () -> post(() -> extractRequest(this::refresh))),
        path("reset", () -> post(() -> extractRequest(this::reset))));
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
              .map(user -> signUp(request, user, asked))
              .orElseGet(() -> Problems.route(Code.BAD_USER_NAME));
        });
  }

  private Route signUp(HttpRequest request, UserName user, SignUp asked) {
    // before anything is said about the name
    return throttling.signUp(() ->
        admitted(
            "signed up",
            Optional.of(AuditAct.SIGN_UP),
            request,
            user.text(),
            201,
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
          return throttling.logIn(
              user.flatMap(name -> knownDevice(request, name, asked)),
              client ->
                  user.map(name -> logIn(request, name, asked, client))
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

  private Route logIn(HttpRequest request, UserName user, LogIn asked, Client client) {
    return admitted(
        "logged in",
        Optional.of(AuditAct.LOG_IN),
        request,
        user.text(),
        201,
        accounts.logIn(
            user,
            new Secret(asked.password()),
            newDevice(asked.deviceName(), asked.cookies()),
            client));
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
                      .map(name -> reset(request, name, asked, client))
                      .orElseGet(() -> Problems.route(Code.WRONG_CREDENTIALS)));
        });
  }

  private Route reset(HttpRequest request, UserName user, ResetPassword asked, Client client) {
    return admitted(
        "set a new password with a code",
        Optional.of(AuditAct.PASSWORD_RESET),
        request,
        user.text(),
        201,
        accounts.resetPassword(
            user,
            new Secret(asked.code()),
            new Secret(asked.password()),
            newDevice(asked.deviceName(), asked.cookies()),
            client));
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
              .map(token -> refresh(request, token))
              .orElseGet(() -> Problems.route(Code.UNAUTHENTICATED));
        });
  }

  private Route refresh(HttpRequest request, String token) {
    return onSuccess(
        tokens.findKey(token),
        _ ->
            tokens
                .verifyRefresh(token, clock.instant())
                .map(renewal -> refresh(request, renewal))
                .orElseGet(() -> Problems.route(Code.UNAUTHENTICATED)));
  }

  private Route refresh(HttpRequest request, Tokens.Renewal renewal) {
    return admitted(
        "refreshed", Optional.empty(), request, renewal.user(), 200, accounts.refresh(renewal));
  }

  private AuditEntry entry(AuditAct act, String by, HttpRequest request) {
    return audit.entry(act, by).from(clients.of(request).getHostAddress());
  }

  /// @param act to record; a refresh is none
  private Route admitted(
      String what,
      Optional<AuditAct> act,
      HttpRequest request,
      String user,
      int status,
      CompletionStage<Account.Admission> admission) {
    return onSuccess(
        admission,
        answer ->
            switch (answer) {
              case Account.Admitted admitted -> {
                log(what, request, user, admitted.device());
                act.ifPresent(it -> audit.record(entry(it, user, request).about(user)));
                yield complete(response(user, admitted, status));
              }
              case Account.Refused(var code, var wait) -> {
                LOG.info(
                    "{} not {}: {}, address {}",
                    user,
                    what,
                    code.wire(),
                    clients.of(request).getHostAddress());
                if (act.filter(REFUSALS::contains).isPresent())
                  audit.record(
                      entry(AuditAct.LOG_IN_REFUSED, "", request).about(user).with(code.wire()));
                yield complete(Problems.response(code, wait));
              }
            });
  }

  private HttpResponse response(String user, Account.Admitted admitted, int status) {
    var pair =
        tokens.issue(
            user,
            new Tokens.Grant(
                admitted.device(), admitted.cookies(), admitted.generation(), admitted.at()));
    boolean inCookies = admitted.cookies();
    List<HttpHeader> headers = inCookies ? cookies.of(pair, knownFor, clock.instant()) : List.of();
    var body =
        new kith.protocol.rest.Accounts.Tokens(
            user,
            admitted.device(),
            Optional.of(pair.access()).filter(_ -> !inCookies),
            pair.accessExpires(),
            Optional.of(pair.refresh()).filter(_ -> !inCookies),
            pair.refreshExpires());
    return Bodies.json(status, body)
        .addHeaders(headers)
        .addHeader(CacheControl.create(CacheDirectives.NO_STORE));
  }

  private void log(String what, HttpRequest request, String user, String device) {
    LOG.info(
        "{} {}, device {}, address {}", user, what, device, clients.of(request).getHostAddress());
  }

  private boolean mayHaveCookies(HttpRequest request, Optional<Boolean> cookies) {
    return !cookies.orElse(false) || origins.allowIfSaid(request);
  }

  private static NewDevice newDevice(Optional<String> name, Optional<Boolean> cookies) {
    return new NewDevice(
        name.filter(text -> !text.isEmpty()).orElse("unnamed"), cookies.orElse(false));
  }
}
