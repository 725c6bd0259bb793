package kith.node.feature.identity;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import kith.node.audit.Audit;
import kith.node.auth.Tokens;
import kith.node.auth.WrappedSecrets;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.account.RoomMemberships;
import kith.node.core.room.RoomAction;
import kith.node.core.room.Rooms;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Origins;
import kith.node.gateway.http.RefreshGate;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.database.Jdbc;
import kith.protocol.Code;
import kith.protocol.rest.SignIn;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;

/// Signing in with identity providers. Without any in the settings, it adds nothing to log-ins.
public final class IdentityFeature implements Feature, RefreshGate {
  private final ActorSystem<?> system;
  private final IdentitySettings settings;
  private final AccountSettings.SignUp signUp;
  private final HttpSettings http;
  private final IdentityTable table;
  private final Function<Set<String>, CompletionStage<Map<String, String>>> rooms;
  private final Executor threads;
  private final IdentityMetrics metrics;
  private final Audit audit;
  private final Clock clock;
  private volatile Optional<Started> started = Optional.empty();

  private record Started(SignIns signIns, LinkedAccounts accounts, ProviderSessions sessions) {}

  /// @param rooms finds the ids of rooms by names or ids
  /// @param threads on which requests to providers wait
  public IdentityFeature(
      ActorSystem<?> system,
      Jdbc jdbc,
      Function<Set<String>, CompletionStage<Map<String, String>>> rooms,
      Executor threads,
      IdentitySettings settings,
      AccountSettings ofAccounts,
      HttpSettings http,
      IdentityMetrics metrics,
      Audit audit,
      Clock clock) {
    this.system = system;
    this.settings = settings;
    this.signUp = ofAccounts.signUp();
    this.http = http;
    this.table =
        new IdentityTable(
            jdbc, new WrappedSecrets(ofAccounts.tokenKeys(), "kith identity encryption"));
    this.rooms = rooms;
    this.threads = threads;
    this.metrics = metrics;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public List<String> names() {
    return List.of("identity");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(
        AccountIdentities.part(),
        AccountGroupRooms.part((room, user) ->
            rooms
                .administer(room, user, new RoomAction.Enter(user))
                .thenApply(RoomMemberships::outcome)));
  }

  @Override
  public List<String> accountTables() {
    return List.of("identity_flow", "identity_link", "identity_session");
  }

  /// The providers that clients offer to their users.
  public List<SignIn.OfferedProvider> offered() {
    return settings.providers().stream()
        .map(it -> new SignIn.OfferedProvider(it.id(), it.name()))
        .toList();
  }

  @Override
  public void start(Edge edge) {
    var requests = new ProviderHttp(settings.requestTime());
    var providers =
        new ProviderCalls(
            settings.providers().stream().map(it -> new Provider(it, requests, clock)).toList(),
            threads,
            metrics);
    var grants = new ProviderGrants(providers, rooms);
    var signIns = new SignIns(providers, table, settings.signIns(), clock);
    var accounts =
        new LinkedAccounts(
            providers, grants, table, edge.accounts(), edge.signUps(), signUp, clock);
    var sessions =
        new ProviderSessions(providers, grants, table, edge.accounts(), metrics, clock.instant());
    started = Optional.of(new Started(signIns, accounts, sessions));
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                SignInIntervals.SIGN_INS_TIDYING,
                SignInIntervals.SIGN_INS_TIDYING,
                signIns::tidy,
                system.executionContext());
    // other nodes may not have a new secret of the operator yet
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                SignInIntervals.SECRETS_REWRAP,
                SignInIntervals.SECRETS_REWRAP,
                sessions::rewrap,
                system.executionContext());
  }

  @Override
  public List<Route> routes(Edge edge) {
    var now = started.orElseThrow();
    return List.of(
        new IdentityRoutes(
                now.signIns(),
                now.accounts(),
                now.sessions(),
                edge,
                new Origins(http),
                settings.address(),
                audit,
                clock)
            .route());
  }

  @Override
  public CompletionStage<Optional<Code>> refusal(Tokens.Renewal renewal) {
    return started
        .map(it -> it.sessions().refusal(renewal))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }
}
