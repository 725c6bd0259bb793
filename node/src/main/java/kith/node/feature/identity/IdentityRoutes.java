package kith.node.feature.identity;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.formFieldOptional;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.feature.identity.SignIns.Begun;
import kith.node.feature.identity.SignIns.Departure;
import kith.node.feature.identity.SignIns.Ready;
import kith.node.gateway.http.AccountReplies;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Origins;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.ProfileFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.SignInIntervals;
import kith.protocol.Code;
import kith.protocol.rest.SignIn;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.apache.pekko.http.javadsl.model.headers.HttpCookie;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.model.headers.SameSite;
import org.apache.pekko.http.javadsl.model.headers.SetCookie;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/identity`: signing in with a provider, and `/v1/account/identities`: the account's
/// identities there.
final class IdentityRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityRoutes.class);

  /// Binds a sign-in to the browser that began it, so that no user is signed in as another one.
  private static final String COOKIE = "kith_sign_in";

  private final SignIns signIns;
  private final LinkedAccounts accounts;
  private final ProviderSessions sessions;
  private final Edge edge;
  private final Origins origins;
  private final Optional<URI> address;
  private final Audit audit;
  private final Clock clock;

  /// @param address the URL at which browsers reach the server
  IdentityRoutes(
      SignIns signIns,
      LinkedAccounts accounts,
      ProviderSessions sessions,
      Edge edge,
      Origins origins,
      Optional<URI> address,
      Audit audit,
      Clock clock) {
    this.signIns = signIns;
    this.accounts = accounts;
    this.sessions = sessions;
    this.edge = edge;
    this.origins = origins;
    this.address = address;
    this.audit = audit;
    this.clock = clock;
  }

  Route route() {
    return concat(
        pathPrefix(
            segment("v1").slash("identity"),
            () ->
                concat(
                    path(
                        "tokens",
                        () ->
                            post(
                                () -> edge.bodies().read(SignIn.FinishSignIn.class, this::finish))),
                    path(
                        segment().slash("device"),
                        provider ->
                            post(() ->
                                edge.bodies()
                                    .read(
                                        SignIn.BeginSignIn.class,
                                        asked -> begin(provider, asked)))),
                    path(segment().slash("browser"), provider -> get(() -> depart(provider))),
                    path(segment().slash("callback"), provider -> get(() -> comeBack(provider))),
                    path(segment().slash("logout"), provider -> post(() -> logOut(provider))))),
        pathPrefix(
            segment("v1").slash("account").slash("identities"),
            () ->
                concat(
                    pathEnd(() ->
                        concat(
                            get(() -> caller(this::list)),
                            put(() ->
                                caller(caller ->
                                    edge.bodies()
                                        .read(
                                            SignIn.FinishLink.class,
                                            asked -> link(caller, asked)))))),
                    path(
                        segment(),
                        provider ->
                            concat(
                                post(() ->
                                    caller(caller ->
                                        edge.bodies()
                                            .readOptional(
                                                SignIn.BeginLink.class,
                                                asked -> beginLink(caller, provider, asked)))),
                                delete(() ->
                                    caller(caller ->
                                        edge.bodies()
                                            .readOptional(
                                                SignIn.EndLink.class,
                                                asked -> unlink(caller, provider, asked)))))))));
  }

  private Route caller(Function<Access, Route> inner) {
    return edge.authenticated().caller(inner);
  }

  private static <T> Route of(Result<T> result, Function<T, Route> inner) {
    return switch (result) {
      case Result.Found<T>(var value) -> inner.apply(value);
      case Result.No<T>(var refused) ->
          complete(Problems.response(refused.code(), refused.retryAfterMillis()));
    };
  }

  private Route begin(String provider, SignIn.BeginSignIn asked) {
    var name = asked.deviceName().filter(text -> !text.isEmpty());
    if (name.filter(text -> !ProfileFields.isName(text)).isPresent())
      return WrongFields.route("deviceName");
    var device = new NewDevice(name.orElse("unnamed"), asked.cookies().orElse(false));
    return extractRequest(request ->
        device.cookies() && !origins.allowIfSaid(request)
            ? Problems.route(Code.ORIGIN_NOT_ALLOWED)
            : edge.throttling()
                .logIn(
                    Optional.empty(),
                    _ -> begun(signIns.beginDevice(provider, Optional.empty(), device))));
  }

  private Route begun(CompletionStage<Result<Begun>> begun) {
    return onSuccess(
        begun,
        result ->
            of(
                result,
                it ->
                    complete(
                        Bodies.json(
                                201,
                                new SignIn.BegunSignIn(
                                    it.flow(),
                                    it.shown().userCode(),
                                    it.shown().address().toString(),
                                    it.shown().addressWithCode().map(URI::toString),
                                    clock
                                        .instant()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .plus(it.shown().lifetime()),
                                    it.shown().interval().toMillis()))
                            .addHeader(CacheControl.create(CacheDirectives.NO_STORE)))));
  }

  private Route finish(SignIn.FinishSignIn asked) {
    return extractRequest(request ->
        onSuccess(
            signIns.look(asked.signIn()),
            result ->
                of(
                    result,
                    ready -> {
                      if (ready.flow().account().isPresent())
                        return Problems.route(Code.TICKET_EXPIRED);
                      if (ready.flow().cookies() && !origins.allowIfSaid(request))
                        return Problems.route(Code.ORIGIN_NOT_ALLOWED);
                      return signedIn(ready, asked.user());
                    })));
  }

  private Route signedIn(Ready ready, Optional<String> chosen) {
    return onSuccess(
        accounts.signIn(ready, chosen),
        it ->
            edge.admissions()
                .begun(
                    "signed in with " + ready.flow().provider(),
                    AuditAct.LOG_IN,
                    it.user(),
                    new NewDevice(ready.flow().deviceName(), ready.flow().cookies()),
                    Optional.empty(),
                    CompletableFuture.completedFuture(it.admission())));
  }

  private Optional<URI> redirect(String provider) {
    return address.map(it ->
        URI.create(it.toString().replaceAll("/$", "") + "/v1/identity/" + provider + "/callback"));
  }

  private Route depart(String provider) {
    // without an address, no browser can come back
    var redirect = redirect(provider).filter(_ -> signIns.provider(provider).isPresent());
    if (redirect.isEmpty()) return Problems.route(Code.UNKNOWN_PROVIDER);
    return parameterOptional(
        "return",
        target -> {
          var path = target.orElse("/");
          // a path of this server, never the address of another one
          if (!path.matches("/([^/\\\\\\s].*)?")) return WrongFields.route("return");
          return edge.throttling()
              .logIn(
                  Optional.empty(),
                  _ ->
                      onSuccess(
                          signIns.beginBrowser(provider, redirect.get(), path, "browser"),
                          result -> of(result, this::away)));
        });
  }

  private Route away(Departure departure) {
    return complete(
        redirectTo(departure.page().toString())
            .addHeader(cookie(departure.flow(), SignInIntervals.SIGN_IN.toSeconds())));
  }

  private static HttpResponse redirectTo(String where) {
    return HttpResponse.create()
        .withStatus(303)
        .addHeader(Location.create(where))
        .addHeader(CacheControl.create(CacheDirectives.NO_STORE));
  }

  /// `Lax`, because the browser comes back from another site.
  private HttpHeader cookie(String value, long seconds) {
    return SetCookie.create(
        HttpCookie.create(COOKIE, value)
            .withPath("/v1/identity")
            .withMaxAge(seconds)
            .withHttpOnly(true)
            .withSecure(address.filter(it -> "https".equals(it.getScheme())).isPresent())
            .withSameSite(SameSite.Lax));
  }

  private Route comeBack(String provider) {
    return extractRequest(request ->
        parameterOptional(
            "state",
            state ->
                parameterOptional(
                    "code",
                    code -> {
                      var redirect = redirect(provider);
                      var flow = state.filter(it -> own(request).equals(Optional.of(it)));
                      if (redirect.isEmpty() || flow.isEmpty())
                        return Problems.route(Code.TICKET_EXPIRED);
                      return onSuccess(
                          signIns.returnTo(flow.get()),
                          target ->
                              code.<Route>map(it ->
                                      onSuccess(
                                          signIns.returned(flow.get(), it, redirect.get()),
                                          result -> back(result, flow.get(), target.orElse("/"))))
                                  .orElseGet(() ->
                                      backWith(
                                          target.orElse("/"),
                                          Code.SIGN_IN_REFUSED,
                                          Optional.empty())));
                    })));
  }

  private static Optional<String> own(HttpRequest request) {
    return StreamSupport.stream(request.getHeaders(Cookie.class).spliterator(), false)
        .flatMap(header -> StreamSupport.stream(header.getCookies().spliterator(), false))
        .filter(pair -> pair.name().equals(COOKIE))
        .map(pair -> pair.value())
        .findFirst();
  }

  private Route back(Result<Ready> result, String flow, String target) {
    return switch (result) {
      case Result.No<Ready>(var refused) -> backWith(target, refused.code(), Optional.empty());
      case Result.Found<Ready>(var ready) ->
          onSuccess(
              accounts.signIn(ready, Optional.empty()),
              it ->
                  switch (it.admission()) {
                    case Account.Admitted _ ->
                        edge.admissions()
                            .redirected(
                                "signed in with " + ready.flow().provider(),
                                AuditAct.LOG_IN,
                                it.user(),
                                it.admission(),
                                response ->
                                    redirectTo(target)
                                        .addHeaders(response.getHeaders())
                                        .addHeader(cookie("", 0)));
                    case Refused(var code, var _) when code == Code.NAME_NEEDED ->
                        backWith(target, code, Optional.of(flow));
                    case Refused(var code, var _) -> backWith(target, code, Optional.empty());
                    case Account.ProofRequired _ ->
                        backWith(target, Code.INTERNAL, Optional.empty());
                  });
    };
  }

  /// @param flow the value with which the page finishes the sign-in; it is in the fragment, which
  ///   browsers never send to a server
  private Route backWith(String target, Code code, Optional<String> flow) {
    var end =
        "#sign-in="
            + code.wire()
            + flow.map(it -> "&id=" + URLEncoder.encode(it, StandardCharsets.UTF_8)).orElse("");
    return complete(redirectTo(target + end).addHeader(cookie("", 0)));
  }

  private Route logOut(String id) {
    var provider = signIns.provider(id);
    if (provider.isEmpty()) return Problems.route(Code.UNKNOWN_PROVIDER);
    return formFieldOptional(
        "logout_token",
        token ->
            token
                .<Route>map(it ->
                    onSuccess(
                        sessions.logOut(provider.get(), it),
                        result ->
                            switch (result) {
                              case Result.Found<Integer>(var devices) -> {
                                LOG.info("{} devices logged out by {}", devices, id);
                                yield complete(
                                    HttpResponse.create()
                                        .withStatus(200)
                                        .addHeader(CacheControl.create(CacheDirectives.NO_STORE)));
                              }
                              case Result.No<Integer>(var refused)
                                  when refused.code() == Code.UNAVAILABLE ->
                                  Problems.route(Code.UNAVAILABLE);
                              // the specification wants 400
                              case Result.No<Integer> _ -> WrongFields.route("logout_token");
                            }))
                .orElseGet(() -> WrongFields.route("logout_token")));
  }

  private Route list(Access caller) {
    return onSuccess(
        accounts.links(caller.user()),
        links ->
            complete(
                Bodies.json(
                    200,
                    new SignIn.LinkedIdentities(
                        links.stream()
                            .map(it ->
                                new SignIn.LinkedIdentity(
                                    it.provider(), it.issuer(), it.subject(), it.linked()))
                            .toList()))));
  }

  /// A stolen access token must not be enough to sign in forever.
  private Route beginLink(Access caller, String provider, SignIn.BeginLink asked) {
    return edge.throttling()
        .password(() ->
            AccountReplies.after(
                edge.accounts()
                    .<Answer>ask(
                        caller.user(),
                        replyTo ->
                            new AccountIdentities.Confirm(
                                new Secret(asked.password().orElse("")),
                                Client.device(caller.device()),
                                replyTo),
                        Refused.UNAVAILABLE),
                () ->
                    begun(
                        signIns.beginDevice(
                            provider, Optional.of(caller.user()), new NewDevice("link", false)))));
  }

  private Route link(Access caller, SignIn.FinishLink asked) {
    return onSuccess(
        signIns.look(asked.signIn()),
        result ->
            of(
                result,
                ready ->
                    changed(
                        caller,
                        AuditAct.IDENTITY_LINKED,
                        ready.flow().provider(),
                        accounts.link(ready, caller.user()))));
  }

  private Route unlink(Access caller, String provider, SignIn.EndLink asked) {
    return edge.throttling()
        .password(() ->
            changed(
                caller,
                AuditAct.IDENTITY_UNLINKED,
                provider,
                accounts.unlink(
                    caller.user(),
                    provider,
                    new Secret(asked.password().orElse("")),
                    Client.device(caller.device()))));
  }

  private Route changed(
      Access caller, AuditAct act, String provider, CompletionStage<Answer> answer) {
    return AccountReplies.done(
        answer.thenApply(it -> {
          if (it instanceof Account.Done)
            audit.record(audit.entry(act, caller.user()).about(caller.user()).with(provider));
          return it;
        }));
  }
}
