package kith.node.gateway.http;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import kith.node.auth.BotTokens;
import kith.node.auth.Tokens;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.account.BotAccount;
import kith.node.platform.config.HttpSettings;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Authorization;
import org.apache.pekko.http.javadsl.model.headers.HttpCredentials;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;

/// Authenticates a request by bearer token or cookie.
public final class Authenticated {

  /// The caller named by the request. The device may no longer exist.
  public sealed interface Identity {
    record Known(Access caller) implements Identity {}

    /// Neither token nor cookie.
    record Nobody() implements Identity {}

    record Refused(Code code) implements Identity {}
  }

  private final Accounts accounts;
  private final Tokens tokens;
  private final Origins origins;
  private final Cookies cookies;
  private final RequestLimits limits;
  private final Clock clock;

  public Authenticated(
      Accounts accounts, Tokens tokens, HttpSettings settings, RequestLimits limits, Clock clock) {
    this.limits = limits;
    this.accounts = accounts;
    this.tokens = tokens;
    this.origins = new Origins(settings);
    this.cookies = new Cookies(settings.secureCookies());
    this.clock = clock;
  }

  /// Runs `inner` with the caller if its device still exists; otherwise refuses.
  public Route caller(Function<Access, Route> inner) {
    return identified(
        origins::allowCookie,
        identity ->
            switch (identity) {
              // anybody can name a bot: only its account knows whether the secret is right
              case Identity.Known(var caller) when BotTokens.isOfBot(caller) ->
                  alive(caller, known -> limits.perAccount(known, () -> inner.apply(known)));
              case Identity.Known(var caller) ->
                  limits.perAccount(caller, () -> alive(caller, inner));
              case Identity.Nobody() -> Problems.route(Code.UNAUTHENTICATED);
              case Identity.Refused(var code) -> Problems.route(code);
            });
  }

  /// For the socket, which may send its token later and checks the device itself.
  public Route ofSocket(Function<Identity, Route> inner) {
    return identified(origins::allowSocketWithCookie, inner);
  }

  private Route identified(Predicate<HttpRequest> allowsCookie, Function<Identity, Route> inner) {
    return Directives.extractRequest(request ->
        switch (identify(request, allowsCookie)) {
          case Identity.Refused refused ->
              token(request)
                  .<Route>map(token ->
                      Directives.onSuccess(
                          tokens.findKey(token),
                          isNew -> inner.apply(isNew ? identify(request, allowsCookie) : refused)))
                  .orElseGet(() -> inner.apply(refused));
          case Identity identity -> inner.apply(identity);
        });
  }

  private Identity identify(HttpRequest request, Predicate<HttpRequest> allowsCookie) {
    if (request.getHeader(Authorization.class).isPresent()) return known(token(request));
    var cookie = token(request);
    if (cookie.isEmpty()) return new Identity.Nobody();
    return allowsCookie.test(request)
        ? known(cookie)
        : new Identity.Refused(Code.ORIGIN_NOT_ALLOWED);
  }

  private Optional<String> token(HttpRequest request) {
    return request
        .getHeader(Authorization.class)
        .map(header -> bearer(header.credentials()))
        .orElseGet(() -> cookies.access(request));
  }

  private Route alive(Access caller, Function<Access, Route> inner) {
    return Directives.onSuccess(
        accounts.checkDevice(caller),
        answer ->
            switch (answer) {
              case Account.Done() -> inner.apply(caller);
              case Account.Granted(var grant) -> ofBot(grant, () -> inner.apply(caller));
              case Account.Refused(var code, var wait)
                  when code == Code.SECOND_FACTOR_SETUP_REQUIRED ->
                  Directives.extractRequest(request ->
                      isOfSetup(request)
                          ? inner.apply(caller)
                          : Directives.complete(Problems.response(code, wait)));
              case Account.Refused(var code, var wait) ->
                  Directives.complete(Problems.response(code, wait));
            });
  }

  /// Requests about the account alone, without its rooms: those that set up a second factor or log
  /// out.
  private static boolean isOfSetup(HttpRequest request) {
    var path = request.getUri().path();
    return path.equals("/v1/account")
        || path.equals("/v1/account/password")
        || path.startsWith("/v1/account/second-factor")
        || path.startsWith("/v1/devices");
  }

  private static Route ofBot(BotAccount.Grant grant, Supplier<Route> inner) {
    return Directives.extractRequest(request -> {
      var path =
          StreamSupport.stream(request.getUri().pathSegments().spliterator(), false).toList();
      return BotRules.isAllowed(request.method().value(), path, grant)
          ? inner.get()
          : Problems.route(Code.BOT_NOT_ALLOWED);
    });
  }

  private Identity known(Optional<String> token) {
    return token
        .flatMap(text -> tokens.verifyAccess(text, clock.instant()))
        .<Identity>map(Identity.Known::new)
        .orElse(new Identity.Refused(Code.UNAUTHENTICATED));
  }

  private static Optional<String> bearer(HttpCredentials credentials) {
    return credentials.scheme().equalsIgnoreCase("bearer")
        ? Optional.of(credentials.token())
        : Optional.empty();
  }
}
