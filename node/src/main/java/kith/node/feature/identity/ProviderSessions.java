package kith.node.feature.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.Tokens;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Accounts;
import kith.node.feature.identity.IdentityTable.Session;
import kith.node.feature.identity.IdentityTable.Taken;
import kith.node.gateway.http.RefreshGate;
import kith.node.platform.config.SignInIntervals;
import kith.protocol.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The devices that have signed in with a provider, which may end them.
final class ProviderSessions implements RefreshGate {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSessions.class);

  private final ProviderCalls providers;
  private final ProviderGrants grants;
  private final IdentityTable table;
  private final Accounts accounts;
  private final IdentityMetrics metrics;
  private final Instant started;

  /// @param started the start of this node
  ProviderSessions(
      ProviderCalls providers,
      ProviderGrants grants,
      IdentityTable table,
      Accounts accounts,
      IdentityMetrics metrics,
      Instant started) {
    this.providers = providers;
    this.grants = grants;
    this.table = table;
    this.accounts = accounts;
    this.metrics = metrics;
    this.started = started;
  }

  /// Asks the provider of a device whether its user may still sign in. A provider that does not
  /// answer ends nothing.
  @Override
  public CompletionStage<Optional<Code>> refusal(Tokens.Renewal renewal) {
    if (providers.isEmpty()) return done(Optional.empty());
    return table
        .takeSession(renewal.user(), renewal.device(), SignInIntervals.PROVIDER_QUESTION.toMillis())
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
        "This node has no secret that decrypts the token of identity-provider={} for {}"
            + " (kith.accounts.token-keys.previous-secret), device {} is logged out",
        session.provider(),
        session.account(),
        session.device());
    return accounts
        .endDevice(session.account(), session.device(), Code.SIGN_IN_AGAIN)
        .thenCompose(_ -> table.ended(session.account(), session.device()))
        .thenApply(_ -> Optional.of(Code.SIGN_IN_AGAIN));
  }

  private CompletionStage<Optional<Code>> asked(Session session, String token) {
    var provider = providers.provider(session.provider());
    if (provider.isEmpty()) {
      LOG.warn(
          "identity-provider={} account={} reason=\"the provider is not configured\"",
          session.provider(),
          session.account());
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
    return providers
        .ask(provider.get(), that -> that.refresh(token, before))
        .thenCompose(answer ->
            switch (answer) {
              case Result.Found<Provider.Answer>(Provider.Answer.Confirmed(var who)) ->
                  confirmed(session, who);
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

  private CompletionStage<Optional<Code>> confirmed(Session session, Verified who) {
    var kept = who.refreshToken().filter(it -> !session.refreshToken().equals(Optional.of(it)));
    var stored =
        kept.<CompletionStage<Integer>>map(
                token -> table.keepToken(session.account(), session.device(), token))
            .orElseGet(() -> done(0));
    // an answer without an ID token contains no groups
    var hasGroups = who.groups().isPresent();
    return stored.thenCompose(_ ->
        hasGroups
            ? grants
                .who(session.provider(), who)
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
        "{} may no longer sign in at {}, device {} is logged out",
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
    return providers
        .ask(provider, that -> that.logOut(token))
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

  /// Wraps tokens with a new secret of the operator.
  void rewrap() {
    var _ =
        table
            .rewrap()
            .whenComplete((count, fault) -> {
              if (fault != null) LOG.warn("Tokens of providers were not encrypted again", fault);
              else if (count > 0) LOG.info("{} tokens of providers were encrypted again", count);
            });
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
