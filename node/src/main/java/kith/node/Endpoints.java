package kith.node;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import kith.node.audit.Audit;
import kith.node.auth.FirstAccount;
import kith.node.auth.LoginThrottle;
import kith.node.auth.RequestThrottle;
import kith.node.auth.ServerInvitations;
import kith.node.auth.TokenKeyring;
import kith.node.auth.Tokens;
import kith.node.core.account.Accounts;
import kith.node.core.room.ProjectionRebuild;
import kith.node.core.room.Room;
import kith.node.core.room.Rooms;
import kith.node.core.session.Sessions;
import kith.node.feature.Feature;
import kith.node.feature.administration.AdministrationFeature;
import kith.node.feature.identity.IdentityFeature;
import kith.node.gateway.http.AccountRoutes;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Admissions;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.BlockRoutes;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.ClientAddress;
import kith.node.gateway.http.ClientRequests;
import kith.node.gateway.http.ClusterRoutes;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.HealthRoutes;
import kith.node.gateway.http.HttpServer;
import kith.node.gateway.http.LocalSocket;
import kith.node.gateway.http.MetricsRoute;
import kith.node.gateway.http.NodeReadiness;
import kith.node.gateway.http.OpenApiRoutes;
import kith.node.gateway.http.Origins;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.ProjectionRoutes;
import kith.node.gateway.http.RequestLimits;
import kith.node.gateway.http.RoomRoutes;
import kith.node.gateway.http.ServerInvitationRoutes;
import kith.node.gateway.http.ServerRoutes;
import kith.node.gateway.http.SignUpAdmission;
import kith.node.gateway.http.SocketRoute;
import kith.node.gateway.http.Throttling;
import kith.node.gateway.http.TokenKeyRoutes;
import kith.node.gateway.http.TokenRoutes;
import kith.node.gateway.socket.SocketFlow;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.cluster.Membership;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.Materializer;

/// The HTTP routes of a node: for clients, for programs on its own machine, and for the
/// administrator of that machine.
record Endpoints(
    ActorSystem<?> system,
    NodeSettings settings,
    Clock clock,
    Metrics metrics,
    Jdbc jdbc,
    Audit audit,
    TokenKeyring keyring,
    Tokens tokens,
    Rooms rooms,
    Accounts accounts,
    ActorRef<Sessions.Command> sessions,
    List<Feature> features,
    AdministrationFeature administration,
    IdentityFeature identity) {
  /// Returns the address that clients connect to.
  CompletionStage<InetSocketAddress> open() {
    var http = settings.http();
    var clients = new ClientAddress(http.trustedProxies());
    var limits = new RequestLimits(new RequestThrottle(http.requests(), clock), clients);
    var edge = edge(limits);
    features.forEach(feature -> feature.start(edge));
    var forAdministrators = all(feature -> feature.administratorRoutes(edge));
    var forClients =
        Stream.of(coreRoutes(edge), all(feature -> feature.routes(edge)), forAdministrators)
            .flatMap(List::stream)
            .toList();
    var server =
        new HttpServer(
            system, http, List.of(http.host(), settings.cluster().host()), metrics.http());
    // no request may pass before this node knows whether it is in maintenance
    return readyToServe()
        .thenCompose(_ ->
            server.serve(
                List.of(
                    new HealthRoutes(new NodeReadiness(system, Membership.of(system), jdbc))
                        .route()),
                List.of(administration.guarded(clients, limits.perAddress(forClients))),
                routesForOperators()))
        .thenApply(address -> {
          openLocalSocket(joined(forAdministrators), address.getPort());
          return address;
        });
  }

  private CompletionStage<Void> readyToServe() {
    var first =
        settings.accounts().signUp().firstIsOwner()
            ? new FirstAccount(jdbc).begin()
            : CompletableFuture.completedFuture(0);
    return first.thenCompose(_ -> administration.condition().refresh());
  }

  private Edge edge(RequestLimits limits) {
    var authenticated = new Authenticated(accounts, tokens, settings.http(), limits, clock);
    var http = settings.http();
    var ofAccounts = settings.accounts();
    var throttle =
        new LoginThrottle(
            ofAccounts.perAddress(), ofAccounts.perAccount(), ofAccounts.signUp().total(), clock);
    var permitted = new Permitted(accounts, authenticated);
    return new Edge(
        accounts,
        rooms,
        authenticated,
        permitted,
        new AdministratorGate(permitted, audit),
        new Bodies(http.bodyBytes()),
        new Throttling(throttle, new ClientAddress(http.trustedProxies())),
        new Admissions(tokens, http, ofAccounts.refreshLifetime(), audit, clock),
        new SignUpAdmission(
            ofAccounts.signUp(),
            new ServerInvitations(jdbc),
            new FirstAccount(jdbc),
            accounts,
            audit));
  }

  /// The routes for the administrator of this machine.
  private void openLocalSocket(Route routes, int port) {
    LocalSocket.open(
            settings.administration().sockets(),
            port,
            settings.http().bodyBytes(),
            Problems.sealedWithoutTimeout(routes).handler(system),
            Materializer.matFromSystem(system))
        .ifPresent(opened ->
            CoordinatedShutdown.get(system)
                .addTask(
                    CoordinatedShutdown.PhaseServiceUnbind(),
                    "close-admin-socket",
                    () -> {
                      opened.close();
                      return CompletableFuture.completedFuture(Done.getInstance());
                    }));
  }

  private List<Route> routesForOperators() {
    var http = settings.http();
    var bodies = new Bodies(http.bodyBytes());
    var projections = new ProjectionRebuild(rooms, jdbc, all(Feature::projections));
    var routes = new ArrayList<Route>();
    Collections.addAll(
        routes,
        new ProjectionRoutes(projections).route(),
        new ClusterRoutes(new ClusterView(system, jdbc, Room.KEY), http.clusterView()).route(),
        new MetricsRoute(metrics.exposition(), http.metrics()).route(),
        new ServerInvitationRoutes(new ServerInvitations(jdbc), bodies).route(),
        new TokenKeyRoutes(keyring, bodies).route());
    routes.addAll(all(Feature::operatorRoutes));
    return routes;
  }

  private List<Route> coreRoutes(Edge edge) {
    var http = settings.http();
    var origins = new Origins(http);
    var clients = new ClientAddress(http.trustedProxies());
    var authenticated = edge.authenticated();
    var bodies = edge.bodies();
    var ofAccounts = settings.accounts();
    var throttling = edge.throttling();
    return List.of(
        new SocketRoute(
                system,
                sessions,
                new SocketFlow(settings.sessions()),
                authenticated,
                origins,
                clients)
            .route(),
        new TokenRoutes(
                accounts,
                tokens,
                throttling,
                edge.signUps(),
                edge.admissions(),
                identity,
                settings.identity().passwords(),
                http,
                clock)
            .route(),
        new AccountRoutes(
                accounts,
                authenticated,
                throttling,
                bodies,
                http.secureCookies(),
                settings.conversations().from(),
                audit)
            .route(),
        new RoomRoutes(
                rooms,
                accounts,
                authenticated,
                throttling,
                new ClientRequests(jdbc, settings.rooms().repeatable()),
                bodies)
            .route(),
        new BlockRoutes(accounts, authenticated).route(),
        new ServerRoutes(
                all(Feature::names),
                ofAccounts.signUp().policy(),
                settings.identity().passwords(),
                identity.offered(),
                settings.identity().address())
            .route(),
        new OpenApiRoutes().route());
  }

  private <T> List<T> all(Function<Feature, List<T>> attached) {
    return features.stream().flatMap(feature -> attached.apply(feature).stream()).toList();
  }

  private static Route joined(List<Route> routes) {
    return Directives.concat(routes.getFirst(), routes.stream().skip(1).toArray(Route[]::new));
  }
}
