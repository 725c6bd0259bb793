package kith.node.feature.identity;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.auth.BearerSecret;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Accounts;
import kith.node.core.account.UserName;
import kith.node.feature.identity.AccountIdentities.Who;
import kith.node.feature.identity.IdentityTable.Flow;
import kith.node.feature.identity.IdentityTable.Link;
import kith.node.feature.identity.IdentityTable.Session;
import kith.node.feature.identity.IdentityTable.Taken;
import kith.node.gateway.http.RefreshGate;
import kith.node.gateway.http.SignUpAdmission;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The steps of a sign-in with a provider. Nothing between two steps is in the memory of a node.
final class SignIns implements RefreshGate {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int VERIFIER_BYTES = 32;

  /// The events at the provider, in the state of a sign-in that is under way.
  ///
  /// @param deviceCode of a terminal's sign-in
  /// @param intervalMillis between two questions about it
  /// @param verifier for the exchange of the code (PKCE)
  /// @param returnTo the path to which the browser goes back
  /// @param who present when the provider has authenticated a user
  record State(
      Optional<String> deviceCode,
      long intervalMillis,
      Optional<String> verifier,
      Optional<String> nonce,
      Optional<String> returnTo,
      Optional<Verified> who) {
    State of(Verified found) {
      return new State(deviceCode, intervalMillis, verifier, nonce, returnTo, Optional.of(found));
    }

    State slower() {
      return new State(
          deviceCode,
          intervalMillis + Intervals.SIGN_IN_SLOWER.toMillis(),
          verifier,
          nonce,
          returnTo,
          who);
    }

    @Override
    public String toString() {
      return "the state of a sign-in";
    }
  }

  /// Either a value or the reason why there is none.
  sealed interface Result<T> {
    record Found<T>(T value) implements Result<T> {}

    record No<T>(Refused refused) implements Result<T> {}

    static <T> Result<T> no(Code code) {
      return new No<>(Refused.because(code));
    }
  }

  record Begun(String flow, Provider.DeviceSignIn shown) {}

  /// A user that a provider has authenticated.
  record Ready(String id, Flow flow, Verified who) {}

  /// The user who has signed in, or the refusal.
  record SignedIn(String user, Admission admission) {}

  private final Map<String, Provider> providers;
  private final IdentityTable table;
  private final Accounts accounts;
  private final SignUpAdmission admission;
  private final AccountSettings.SignUp signUp;
  private final int most;
  private final Function<Set<String>, CompletionStage<Map<String, String>>> rooms;
  private final Executor threads;
  private final IdentityMetrics metrics;
  private final Clock clock;
  private final Instant started;

  /// @param rooms finds the ids of rooms by names or ids
  SignIns(
      List<Provider> providers,
      IdentityTable table,
      Accounts accounts,
      SignUpAdmission admission,
      AccountSettings.SignUp signUp,
      int most,
      Function<Set<String>, CompletionStage<Map<String, String>>> rooms,
      Executor threads,
      IdentityMetrics metrics,
      Clock clock) {
    this.rooms = rooms;
    this.providers =
        providers.stream().collect(Collectors.toMap(it -> it.settings().id(), Function.identity()));
    this.table = table;
    this.accounts = accounts;
    this.admission = admission;
    this.signUp = signUp;
    this.most = most;
    this.threads = threads;
    this.metrics = metrics;
    this.clock = clock;
    this.started = clock.instant();
  }

  Optional<Provider> provider(String id) {
    return Optional.ofNullable(providers.get(id));
  }

  private interface Call<T> {
    T at(Provider provider) throws Provider.Failure;
  }

  /// Runs a request to a provider on the threads for providers.
  private <T> CompletionStage<Result<T>> ask(Provider provider, Call<T> call) {
    try {
      return CompletableFuture.supplyAsync(() -> now(provider, call), threads);
    } catch (RejectedExecutionException full) {
      metrics.failed();
      return done(Result.no(Code.UNAVAILABLE));
    }
  }

  private <T> Result<T> now(Provider provider, Call<T> call) {
    try {
      var value = call.at(provider);
      metrics.answered();
      return new Result.Found<>(value);
    } catch (Provider.Failure failure) {
      metrics.failed();
      LOG.warn(
          "identity-provider={} failed reason=\"{}\"",
          provider.settings().id(),
          failure.getMessage());
      return Result.no(Code.PROVIDER_UNAVAILABLE);
    }
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /// Begins the sign-in of a terminal.
  ///
  /// @param account to which the identity is to be linked
  CompletionStage<Result<Begun>> beginDevice(
      String id, Optional<String> account, NewDevice device) {
    var provider = provider(id);
    if (provider.isEmpty()) return done(Result.no(Code.UNKNOWN_PROVIDER));
    var verifier = random();
    return ask(provider.get(), that -> that.beginDevice(verifier))
        .thenCompose(answer ->
            switch (answer) {
              case Result.No<Provider.DeviceSignIn>(var refused) ->
                  done(new Result.No<Begun>(refused));
              case Result.Found<Provider.DeviceSignIn>(var shown) ->
                  keep(
                          id,
                          account,
                          device,
                          new State(
                              Optional.of(shown.deviceCode()),
                              shown.interval().toMillis(),
                              Optional.of(verifier),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty()),
                          shown.lifetime())
                      .thenApply(flow ->
                          flow.<Result<Begun>>map(it -> new Result.Found<>(new Begun(it, shown)))
                              .orElseGet(() -> Result.no(Code.UNAVAILABLE)));
            });
  }

  private CompletionStage<Optional<String>> keep(
      String provider, Optional<String> account, NewDevice device, State state, Duration lifetime) {
    var id = BearerSecret.create();
    var shorter = lifetime.compareTo(Intervals.SIGN_IN) < 0 ? lifetime : Intervals.SIGN_IN;
    var flow =
        new Flow(
            provider,
            account,
            device.name(),
            device.cookies(),
            Json.restText(state),
            clock.instant().plus(shorter));
    return table
        .begin(id, flow, most)
        .thenApply(isKept -> isKept ? Optional.of(id) : Optional.empty());
  }

  /// A browser that goes to the page of a provider.
  ///
  /// @param flow also the `state` that comes back
  record Departure(String flow, URI page) {}

  CompletionStage<Result<Departure>> beginBrowser(
      String id, URI redirect, String returnTo, String deviceName) {
    var provider = provider(id);
    if (provider.isEmpty()) return done(Result.no(Code.UNKNOWN_PROVIDER));
    var verifier = random();
    var nonce = random();
    var state =
        new State(
            Optional.empty(),
            0,
            Optional.of(verifier),
            Optional.of(nonce),
            Optional.of(returnTo),
            Optional.empty());
    return keep(id, Optional.empty(), new NewDevice(deviceName, true), state, Intervals.SIGN_IN)
        .thenCompose(flow ->
            flow.map(it ->
                    ask(
                        provider.get(),
                        that -> new Departure(it, that.page(redirect, it, nonce, verifier))))
                .orElseGet(() -> done(Result.no(Code.UNAVAILABLE))));
  }

  private static String random() {
    var bytes = new byte[VERIFIER_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A sign-in that is under way, with its stored state.
  private record Under(String id, Flow flow, State state, Provider provider) {}

  private CompletionStage<Optional<Under>> under(String id) {
    return table
        .find(id)
        .thenApply(found ->
            found.flatMap(flow ->
                state(flow)
                    .flatMap(state ->
                        provider(flow.provider())
                            .map(provider -> new Under(id, flow, state, provider)))));
  }

  /// A browser that comes back with the code of the provider.
  CompletionStage<Result<Ready>> returned(String id, String code, URI redirect) {
    return under(id)
        .thenCompose(found ->
            found
                .filter(it -> it.state().deviceCode().isEmpty())
                .map(it -> exchange(it, code, redirect))
                .orElseGet(() -> done(Result.no(Code.TICKET_EXPIRED))));
  }

  /// A code is good for one exchange.
  private CompletionStage<Result<Ready>> exchange(Under it, String code, URI redirect) {
    var nonce = it.state().nonce().orElseThrow();
    var verifier = it.state().verifier().orElseThrow();
    return table
        .takeQuestion(it.id(), Intervals.SIGN_IN.toMillis())
        .thenCompose(isFirst ->
            isFirst
                ? ask(it.provider(), that -> that.exchange(code, redirect, nonce, verifier))
                    .thenCompose(answer -> answered(it, answer))
                : done(Result.no(Code.TICKET_EXPIRED)));
  }

  /// The path to which the browser of this sign-in goes back.
  CompletionStage<Optional<String>> returnTo(String id) {
    return table.find(id).thenApply(flow -> flow.flatMap(SignIns::state).flatMap(State::returnTo));
  }

  /// Whether somebody has approved a terminal's sign-in.
  CompletionStage<Result<Ready>> look(String id) {
    return under(id)
        .thenCompose(
            found -> found.map(this::look).orElseGet(() -> done(Result.no(Code.TICKET_EXPIRED))));
  }

  private CompletionStage<Result<Ready>> look(Under it) {
    if (it.state().who().isPresent())
      return done(new Result.Found<>(new Ready(it.id(), it.flow(), it.state().who().get())));
    if (it.state().deviceCode().isEmpty()) return done(Result.no(Code.TICKET_EXPIRED));
    var code = it.state().deviceCode().get();
    return table
        .takeQuestion(it.id(), it.state().intervalMillis())
        .thenCompose(isMine ->
            isMine
                ? ask(it.provider(), that -> that.pollDevice(code, it.state().verifier()))
                    .thenCompose(answer -> answered(it, answer))
                : done(pending(it.state())));
  }

  private static Optional<State> state(Flow flow) {
    try {
      return Optional.of(Json.rest(flow.state(), State.class));
    } catch (Malformed other) {
      return Optional.empty();
    }
  }

  private static Result<Ready> pending(State state) {
    return new Result.No<>(
        new Refused(Code.SIGN_IN_PENDING, OptionalLong.of(state.intervalMillis())));
  }

  private CompletionStage<Result<Ready>> answered(Under it, Result<Provider.Answer> answer) {
    return switch (answer) {
      case Result.No<Provider.Answer>(var refused) -> done(new Result.No<>(refused));
      case Result.Found<Provider.Answer>(Provider.Answer.Pending(var slower)) ->
          slower
              ? table
                  .keep(it.id(), Json.restText(it.state().slower()))
                  .thenApply(_ -> pending(it.state().slower()))
              : done(pending(it.state()));
      case Result.Found<Provider.Answer>(Provider.Answer.Denied(var error)) -> {
        LOG.info("identity-provider={} refused a sign-in: {}", it.flow().provider(), error);
        var code = error.equals("expired_token") ? Code.TICKET_EXPIRED : Code.SIGN_IN_REFUSED;
        yield table.end(it.id()).thenApply(_ -> Result.no(code));
      }
      case Result.Found<Provider.Answer>(Provider.Answer.Confirmed(var who)) ->
          table
              .keep(it.id(), Json.restText(it.state().of(who)))
              .thenApply(_ -> new Result.Found<>(new Ready(it.id(), it.flow(), who)));
    };
  }

  private CompletionStage<Who> who(Ready ready) {
    return who(ready.flow().provider(), ready.who());
  }

  private CompletionStage<Who> who(String provider, Verified who) {
    var settings = provider(provider).map(Provider::settings);
    var groups = who.groups().orElse(List.of());
    var named = settings.map(it -> it.rooms(groups)).orElse(Set.of());
    return rooms
        .apply(named)
        .thenApply(found -> Optional.of(ids(provider, named, found)))
        .exceptionally(fault -> {
          LOG.warn("identity-provider={} rooms were not found: {}", provider, cause(fault));
          return Optional.empty();
        })
        .thenApply(ids ->
            new Who(
                provider,
                who.issuer(),
                who.subject(),
                settings.flatMap(it -> it.role(groups)),
                ids));
  }

  private static Set<String> ids(String provider, Set<String> named, Map<String, String> found) {
    for (var name : named)
      if (!found.containsKey(name))
        LOG.warn(
            "identity-provider={} gives the room \"{}\", which does not exist", provider, name);
    return Set.copyOf(found.values());
  }

  /// Signs in, or makes an account.
  ///
  /// @param chosen the name that the user wants for a new account
  CompletionStage<SignedIn> signIn(Ready ready, Optional<String> chosen) {
    var device = new NewDevice(ready.flow().deviceName(), ready.flow().cookies());
    return table
        .accountOf(ready.who().issuer(), ready.who().subject())
        .thenCompose(known ->
            known
                .map(user -> signIn(ready, user, chosen, device))
                .orElseGet(() -> make(ready, chosen, device)));
  }

  private CompletionStage<SignedIn> signIn(
      Ready ready, String user, Optional<String> chosen, NewDevice device) {
    return who(ready)
        .thenCompose(who ->
            accounts.<Admission>ask(
                user,
                replyTo -> new AccountIdentities.SignIn(who, device, replyTo),
                Refused.UNAVAILABLE))
        .thenCompose(answer ->
            answer instanceof Refused refused && refused.code() == Code.UNKNOWN_IDENTITY
                // a node died before it made the account
                ? table
                    .forget(ready.who().issuer(), ready.who().subject(), user)
                    .thenCompose(_ -> make(ready, chosen, device))
                : began(ready, user, answer));
  }

  private CompletionStage<SignedIn> make(Ready ready, Optional<String> chosen, NewDevice device) {
    if (!provider(ready.flow().provider()).map(it -> it.settings().signUp()).orElse(false))
      return refused(Code.SIGN_UP_CLOSED);
    var name =
        chosen
            .or(() -> ready.who().name().map(SignIns::beforeAt))
            .flatMap(UserName::of)
            .filter(user -> !Names.mixesScripts(user.text()) && !signUp.isReserved(user.text()));
    if (name.isEmpty()) return refused(chosen.isPresent() ? Code.BAD_USER_NAME : Code.NAME_NEEDED);
    var user = name.get();
    var link =
        new Link(
            user.text(),
            ready.flow().provider(),
            ready.who().issuer(),
            ready.who().subject(),
            now());
    return table
        .link(link)
        .thenCompose(owner ->
            owner.equals(Optional.of(user.text()))
                ? made(ready, user, chosen, device)
                // another request was faster, or the name belongs to another user
                : refused(owner.isPresent() ? Code.UNAVAILABLE : Code.NAME_NEEDED));
  }

  private Instant now() {
    return clock.instant();
  }

  private static String beforeAt(String name) {
    return name.replaceFirst("@.*", "");
  }

  private CompletionStage<SignedIn> refused(Code code) {
    return done(new SignedIn("", Refused.because(code)));
  }

  private CompletionStage<SignedIn> made(
      Ready ready, UserName user, Optional<String> chosen, NewDevice device) {
    return who(ready)
        .thenCompose(who ->
            accounts.<Admission>ask(
                user.text(),
                replyTo ->
                    new AccountIdentities.Make(
                        who, ready.who().displayName(), ready.who().email(), device, replyTo),
                Refused.UNAVAILABLE))
        .thenCompose(answer ->
            answer instanceof Refused refused && refused.code() == Code.USER_NAME_TAKEN
                ? table
                    .forget(ready.who().issuer(), ready.who().subject(), user.text())
                    .thenCompose(
                        _ -> refused(chosen.isPresent() ? Code.USER_NAME_TAKEN : Code.NAME_NEEDED))
                : admission
                    .signedUpAt(ready.flow().provider(), user, answer)
                    .thenCompose(admitted -> began(ready, user.text(), admitted)));
  }

  private CompletionStage<SignedIn> began(Ready ready, String user, Admission answer) {
    if (!(answer instanceof Admitted admitted)) return done(new SignedIn(user, answer));
    return table
        .began(
            new Session(
                user,
                admitted.device(),
                ready.flow().provider(),
                ready.who().issuer(),
                ready.who().subject(),
                ready.who().session(),
                ready.who().refreshToken()))
        .thenCompose(_ -> table.end(ready.id()))
        .thenApply(_ -> new SignedIn(user, answer));
  }

  /// Links the identity to the account that began this.
  CompletionStage<Answer> link(Ready ready, String user) {
    if (!ready.flow().account().equals(Optional.of(user)))
      return done(Refused.because(Code.TICKET_EXPIRED));
    var who = ready.who();
    var link = new Link(user, ready.flow().provider(), who.issuer(), who.subject(), now());
    return table
        .accountOf(who.issuer(), who.subject())
        .thenCompose(owner ->
            owner.isPresent() && !owner.get().equals(user)
                ? done(Optional.of(owner.get()))
                : table.link(link))
        .thenCompose(owner ->
            owner.equals(Optional.of(user))
                ? who(ready)
                    .thenCompose(vouched ->
                        accounts.<Answer>ask(
                            user,
                            replyTo -> new AccountIdentities.Link(vouched, replyTo),
                            Refused.UNAVAILABLE))
                    .thenCompose(answer -> table.end(ready.id()).thenApply(_ -> answer))
                : done((Answer) Refused.because(Code.IDENTITY_LINKED)));
  }

  CompletionStage<Answer> unlink(String user, String provider, Secret password, Client from) {
    return accounts
        .<Answer>ask(
            user,
            replyTo -> new AccountIdentities.Unlink(provider, password, from, replyTo),
            Refused.UNAVAILABLE)
        .thenCompose(answer ->
            answer instanceof Account.Done
                ? table
                    .unlink(user, provider)
                    .thenApply(devices -> {
                      devices.forEach(device -> accounts.endDevice(user, device));
                      return answer;
                    })
                : done(answer));
  }

  /// Asks the provider of a device whether its user may still sign in. A provider that does not
  /// answer ends nothing.
  @Override
  public CompletionStage<Optional<Code>> refusal(Tokens.Renewal renewal) {
    if (providers.isEmpty()) return done(Optional.empty());
    return table
        .takeSession(renewal.user(), renewal.device(), Intervals.PROVIDER_QUESTION.toMillis())
        .thenCompose(taken -> taken.map(this::asked).orElseGet(() -> done(Optional.empty())));
  }

  private CompletionStage<Optional<Code>> asked(Taken taken) {
    var session = taken.session();
    if (session.refreshToken().isPresent()) return asked(session, session.refreshToken().get());
    // encrypted after this node started, by a node with a newer secret
    if (taken.wrapped().filter(started::isBefore).isEmpty()) return lost(session);
    LOG.warn(
        "identity-provider={} is not asked about {}: the token has a secret that this node lacks",
        session.provider(),
        session.account());
    return done(Optional.empty());
  }

  /// Nobody can ask the provider about this device any more.
  private CompletionStage<Optional<Code>> lost(Session session) {
    metrics.ended(1);
    LOG.warn(
        "No secret of this node decrypts the token of identity-provider={} for {}"
            + " (kith.accounts.token-keys.previous-secret), device {} ends",
        session.provider(),
        session.account(),
        session.device());
    return accounts
        .endDevice(session.account(), session.device(), Code.SIGN_IN_AGAIN)
        .thenCompose(_ -> table.ended(session.account(), session.device()))
        .thenApply(_ -> Optional.of(Code.SIGN_IN_AGAIN));
  }

  private CompletionStage<Optional<Code>> asked(Session session, String token) {
    var provider = provider(session.provider());
    if (provider.isEmpty()) {
      LOG.warn(
          "identity-provider={} cannot be asked about {}", session.provider(), session.account());
      return done(Optional.empty());
    }
    var before =
        new Verified(
            session.issuer(),
            session.subject(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            session.session(),
            session.refreshToken());
    return ask(provider.get(), that -> that.refresh(token, before))
        .thenCompose(answer ->
            switch (answer) {
              case Result.Found<Provider.Answer>(Provider.Answer.Confirmed(var who)) ->
                  confirmed(session, before, who);
              case Result.Found<Provider.Answer>(Provider.Answer.Denied(var error))
                  when error.equals("invalid_grant") ->
                  ended(session);
              case Result.Found<Provider.Answer>(Provider.Answer.Denied(var error)) -> {
                metrics.failed();
                LOG.warn("identity-provider={} failed reason=\"{}\"", session.provider(), error);
                yield done(Optional.empty());
              }
              default -> done(Optional.empty());
            });
  }

  private CompletionStage<Optional<Code>> confirmed(
      Session session, Verified before, Verified who) {
    var kept = who.refreshToken().filter(it -> !session.refreshToken().equals(Optional.of(it)));
    var stored =
        kept.<CompletionStage<Integer>>map(
                token -> table.keepToken(session.account(), session.device(), token))
            .orElseGet(() -> done(0));
    // an answer without an ID token contains no groups
    var hasGroups = who != before && who.groups().isPresent();
    return stored.thenCompose(_ ->
        hasGroups
            ? who(session.provider(), who)
                .thenCompose(now ->
                    accounts.<Answer>ask(
                        session.account(),
                        replyTo -> new AccountIdentities.GiveRole(now, replyTo),
                        Refused.UNAVAILABLE))
                .thenApply(_ -> Optional.<Code>empty())
            : done(Optional.empty()));
  }

  private CompletionStage<Optional<Code>> ended(Session session) {
    metrics.ended(1);
    LOG.info(
        "{} may not sign in any more at {}, device {} ends",
        session.account(),
        session.provider(),
        session.device());
    return accounts
        .endDevice(session.account(), session.device())
        .thenCompose(_ -> table.ended(session.account(), session.device()))
        .thenApply(_ -> Optional.of(Code.DEVICE_ENDED));
  }

  /// Ends the devices that a provider has logged out. Fails if one cannot be ended, so that the
  /// provider tries again.
  CompletionStage<Result<Integer>> logOut(Provider provider, String token) {
    return ask(provider, that -> that.logOut(token))
        .thenCompose(answer ->
            switch (answer) {
              case Result.No<Provider.LogOut>(var refused) -> done(new Result.No<Integer>(refused));
              case Result.Found<Provider.LogOut>(var logOut) ->
                  table.sessionsOf(provider.settings().issuer(), logOut).thenCompose(this::endAll);
            });
  }

  private CompletionStage<Result<Integer>> endAll(List<Session> sessions) {
    CompletionStage<Result<Integer>> all = done(new Result.Found<>(sessions.size()));
    for (var session : sessions)
      all =
          all.thenCombine(
              end(session), (before, isEnded) -> isEnded ? before : Result.no(Code.UNAVAILABLE));
    return all;
  }

  private CompletionStage<Boolean> end(Session session) {
    return accounts
        .endDevice(session.account(), session.device())
        .thenCompose(answer -> {
          var isEnded =
              !(answer instanceof Refused refused) || refused.code() == Code.UNKNOWN_DEVICE;
          if (!isEnded) return done(false);
          metrics.ended(1);
          return table.ended(session.account(), session.device()).thenApply(_ -> true);
        });
  }

  CompletionStage<List<Link>> links(String user) {
    return table.links(user);
  }

  /// Wraps tokens with a new secret of the operator.
  void rewrap() {
    var _ =
        table
            .rewrap()
            .whenComplete((count, fault) -> {
              if (fault != null) LOG.warn("Tokens of providers were not wrapped again", fault);
              else if (count > 0) LOG.info("{} tokens of providers were wrapped again", count);
            });
  }

  void tidy() {
    var _ =
        table
            .removeExpired()
            .exceptionally(fault -> {
              LOG.warn("Expired sign-ins were not removed: {}", cause(fault));
              return 0;
            });
  }

  private static String cause(Throwable fault) {
    return String.valueOf(
        fault instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause().getMessage()
            : fault.getMessage());
  }
}
