package kith.node.feature.identity;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.BearerSecret;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.feature.identity.IdentityTable.Flow;
import kith.node.platform.config.SignInIntervals;
import kith.protocol.Code;
import kith.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The steps of a sign-in at a provider, until it has authenticated the user. Nothing between two
/// steps is in the memory of a node.
final class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int VERIFIER_BYTES = 32;

  record Begun(String flow, Provider.DeviceSignIn shown) {}

  /// A user that a provider has authenticated.
  record Ready(String id, Flow flow, Verified who) {}

  private final ProviderCalls providers;
  private final IdentityTable table;
  private final int most;
  private final Clock clock;

  /// @param most sign-ins that are under way at a time
  SignIns(ProviderCalls providers, IdentityTable table, int most, Clock clock) {
    this.providers = providers;
    this.table = table;
    this.most = most;
    this.clock = clock;
  }

  Optional<Provider> provider(String id) {
    return providers.provider(id);
  }

  /// Begins the sign-in of a terminal.
  ///
  /// @param account to which the identity is to be linked
  CompletionStage<Result<Begun>> beginDevice(
      String id, Optional<String> account, NewDevice device) {
    var provider = providers.provider(id);
    if (provider.isEmpty()) return done(Result.no(Code.UNKNOWN_PROVIDER));
    var verifier = random();
    return providers
        .ask(provider.get(), that -> that.beginDevice(verifier))
        .thenCompose(answer ->
            switch (answer) {
              case Result.No<Provider.DeviceSignIn>(var refused) ->
                  done(new Result.No<Begun>(refused));
              case Result.Found<Provider.DeviceSignIn>(var shown) ->
                  keep(
                          id,
                          account,
                          device,
                          new SignInState(
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
      String provider,
      Optional<String> account,
      NewDevice device,
      SignInState state,
      Duration lifetime) {
    var id = BearerSecret.create();
    var shorter =
        lifetime.compareTo(SignInIntervals.SIGN_IN) < 0 ? lifetime : SignInIntervals.SIGN_IN;
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
    var provider = providers.provider(id);
    if (provider.isEmpty()) return done(Result.no(Code.UNKNOWN_PROVIDER));
    var verifier = random();
    var nonce = random();
    var state =
        new SignInState(
            Optional.empty(),
            0,
            Optional.of(verifier),
            Optional.of(nonce),
            Optional.of(returnTo),
            Optional.empty());
    return keep(
            id, Optional.empty(), new NewDevice(deviceName, true), state, SignInIntervals.SIGN_IN)
        .thenCompose(flow ->
            flow.map(it ->
                    providers.ask(
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
  private record Under(String id, Flow flow, SignInState state, Provider provider) {}

  private CompletionStage<Optional<Under>> under(String id) {
    return table
        .find(id)
        .thenApply(found ->
            found.flatMap(flow ->
                SignInState.of(flow)
                    .flatMap(state ->
                        providers
                            .provider(flow.provider())
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
        .takeQuestion(it.id(), SignInIntervals.SIGN_IN.toMillis())
        .thenCompose(isFirst ->
            isFirst
                ? providers
                    .ask(it.provider(), that -> that.exchange(code, redirect, nonce, verifier))
                    .thenCompose(answer -> answered(it, answer))
                : done(Result.no(Code.TICKET_EXPIRED)));
  }

  /// The path to which the browser of this sign-in goes back.
  CompletionStage<Optional<String>> returnTo(String id) {
    return table
        .find(id)
        .thenApply(flow -> flow.flatMap(SignInState::of).flatMap(SignInState::returnTo));
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
                ? providers
                    .ask(it.provider(), that -> that.pollDevice(code, it.state().verifier()))
                    .thenCompose(answer -> answered(it, answer))
                : done(pending(it.state())));
  }

  private static Result<Ready> pending(SignInState state) {
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

  void tidy() {
    var _ =
        table
            .removeExpired()
            .exceptionally(fault -> {
              LOG.warn("Expired sign-ins were not removed: {}", ProviderGrants.cause(fault));
              return 0;
            });
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
