package kith.node;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import kith.node.auth.HashedPasscodes;
import kith.node.auth.LoginThrottle;
import kith.node.auth.Passwords;
import kith.node.auth.TokenIdentity;
import kith.node.auth.Tokens;
import kith.node.core.account.Account;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Accounts;
import kith.node.core.account.Memberships;
import kith.node.core.account.RoomMemberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.JdbcRoomLog;
import kith.node.core.room.Room;
import kith.node.core.room.RoomContext;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionContext;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.Sessions;
import kith.node.feature.contacts.AccountContacts;
import kith.node.feature.contacts.ContactRoutes;
import kith.node.feature.contacts.ContactsSessionPart;
import kith.node.feature.conversations.AccountConversations;
import kith.node.feature.conversations.ConversationRoutes;
import kith.node.feature.conversations.RoomConversations;
import kith.node.feature.directory.JdbcRoomDirectory;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.InboxLookup;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.inbox.InboxRoutes;
import kith.node.feature.inbox.InboxSessionPart;
import kith.node.feature.inbox.JdbcPositions;
import kith.node.feature.inbox.JdbcRoomSummaries;
import kith.node.feature.inbox.Positions;
import kith.node.feature.mentions.JdbcMentions;
import kith.node.feature.presence.AccountStatus;
import kith.node.feature.presence.JdbcLastSeen;
import kith.node.feature.presence.Presence;
import kith.node.feature.presence.PresenceBehavior;
import kith.node.feature.presence.PresenceRoutes;
import kith.node.feature.presence.PresenceSessionPart;
import kith.node.feature.receipts.JdbcReceipts;
import kith.node.feature.receipts.ReceiptsSessionPart;
import kith.node.feature.typing.TypingSessionPart;
import kith.node.gateway.http.AccountRoutes;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.BlockRoutes;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.ClusterRoutes;
import kith.node.gateway.http.HealthRoutes;
import kith.node.gateway.http.HttpServer;
import kith.node.gateway.http.MetricsRoute;
import kith.node.gateway.http.NodeReadiness;
import kith.node.gateway.http.OpenApiRoutes;
import kith.node.gateway.http.Origins;
import kith.node.gateway.http.RoomRoutes;
import kith.node.gateway.http.SocketRoute;
import kith.node.gateway.http.TokenRoutes;
import kith.node.gateway.socket.SocketFlow;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.cluster.MemberCounts;
import kith.node.platform.cluster.Membership;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.database.Database;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.serialization.SerializationExtension;

/// The first actor: it spawns and wires what a node is made of, and nothing else.
final class Guardian extends AbstractMatchingBehavior<Guardian.Command> {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  sealed interface Command {}

  /// Sent once, when the node has joined its cluster.
  record Serve(ActorRef<StatusReply<InetSocketAddress>> replyTo) implements Command {}

  private final NodeSettings settings;
  private final AtomicInteger sockets;
  private final ActorSystem<?> system;
  private final Clock clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final Jdbc jdbc;
  private final InboxLookup overview;
  private final ActorRef<InboxNews.Command> news;
  private final ActorRef<Presence.Command> presence;
  private final Positions positions;
  private final ActorRef<JdbcLastSeen.Command> lastSeen;
  private final Rooms rooms;
  private final Accounts accounts;
  private final Tokens tokens;
  private final ActorRef<Sessions.Command> sessions;

  /// @param sockets is told how many clients are here
  static Behavior<Command> create(NodeSettings settings, Database database, AtomicInteger sockets) {
    return Behaviors.setup(context -> new Guardian(context, settings, database, sockets));
  }

  private Guardian(
      ActorContext<Command> context,
      NodeSettings settings,
      Database database,
      AtomicInteger sockets) {
    super(context);
    this.settings = settings;
    this.sockets = sockets;
    this.system = context.getSystem();
    this.jdbc = new Jdbc(database.source(), executor("kith.dispatcher.database"));
    var passwords = Passwords.create(settings.accounts(), metrics.passwords());
    this.overview =
        new InboxLookup(
            new JdbcRoomSummaries(jdbc, SerializationExtension.get(system)),
            new JdbcMentions(jdbc));
    this.news = context.spawn(InboxNews.create(), "news");
    this.positions = JdbcPositions.start(writer -> context.spawn(writer, "positions"), jdbc);
    this.lastSeen = context.spawn(JdbcLastSeen.create(jdbc), "last-seen");
    this.presence =
        context.spawn(
            PresenceBehavior.create(
                settings.sessions().grace(), JdbcLastSeen.through(lastSeen, jdbc), clock),
            "presence");
    this.rooms = Rooms.start(system, roomSurroundings(passwords));
    var memberships = new RoomMemberships(rooms);
    this.accounts =
        Accounts.start(
            system, settings.accounts(), passwords, memberships, accountParts(memberships), clock);
    this.tokens = new Tokens(database.secrets().tokenKey(), settings.accounts());
    this.sessions = context.spawn(Sessions.create(sessionServices(context)), "sessions");
    watch(database);
    sendSessionsAwayAtShutdown();
    writeAtShutdown("positions", positions::flush);
    writeAtShutdown(
        "last-seen",
        () -> AskPattern.ask(lastSeen, JdbcLastSeen.WriteAll::new, GOODBYE, system.scheduler()));
  }

  private void watch(Database database) {
    var members = new MemberCounts(Cluster.get(system));
    metrics.watchProcess(Main.version());
    metrics.watchCluster(members::byState, members::unreachable);
    metrics.watchDatabase(database::connections, database::waitingThreads);
  }

  private RoomContext roomSurroundings(Passwords passwords) {
    var sharding = ClusterSharding.get(system);
    return new RoomContext(
        settings.rooms(),
        clock,
        new JdbcRoomLog(jdbc, SerializationExtension.get(system)),
        new JdbcRoomDirectory(jdbc, clock),
        new HashedPasscodes(passwords),
        (user, room) -> sharding.entityRefFor(Account.KEY, user).tell(new Account.RoomEnded(room)),
        metrics.rooms(),
        headline -> news.tell(new InboxNews.Changed(headline)),
        overview.mentions(),
        new JdbcReceipts(jdbc));
  }

  /// The features of accounts.
  private List<AccountPart.Factory<?>> accountParts(Memberships memberships) {
    var conversations = new RoomConversations(rooms, memberships, ClusterSharding.get(system));
    return List.of(
        AccountContacts.part(settings.contacts()),
        AccountConversations.part(conversations, settings.conversations()),
        AccountInbox.part(positions, overview.headlines(), settings.inbox()),
        AccountStatus.part((user, privacy) -> presence.tell(new Presence.Choose(user, privacy))));
  }

  private SessionContext sessionServices(ActorContext<Command> context) {
    var relays = context.spawn(Relays.create(rooms), "relays");
    return new SessionContext(
        settings.sessions(),
        settings.limits(),
        Cluster.get(system).selfMember().address().hostPort(),
        clock,
        System::nanoTime,
        sockets::set,
        new TokenIdentity(tokens, accounts, clock),
        relays,
        rooms.log(),
        metrics.sessions(),
        sessionFeatures(relays));
  }

  /// What features add to sessions. Parts are called in this order; a part may use earlier ones.
  private SessionFeatures sessionFeatures(ActorRef<Relays.Command> relays) {
    var limits = settings.sessions();
    return new SessionFeatures(
            List.of(
                new InboxSessionPart.Factory(limits, news, overview),
                new ContactsSessionPart.Factory(),
                new PresenceSessionPart.Factory(limits.idleAfter(), presence, rooms::look),
                new TypingSessionPart.Factory(limits),
                new ReceiptsSessionPart.Factory(relays)),
            List.of())
        .checkComplete();
  }

  /// Sockets are told to come back elsewhere while the rooms are still here.
  private void sendSessionsAwayAtShutdown() {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "send-sessions-away",
            () -> {
              presence.tell(new Presence.Leave());
              return sendSessionsAway().exceptionally(_ -> Done.getInstance());
            });
  }

  private void writeAtShutdown(String what, Supplier<CompletionStage<?>> write) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "write-" + what,
            () ->
                write
                    .get()
                    .toCompletableFuture()
                    .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((_, _) -> Done.getInstance()));
  }

  private CompletionStage<Done> sendSessionsAway() {
    return AskPattern.ask(sessions, Sessions.SendAway::new, GOODBYE, system.scheduler());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Serve(var replyTo) -> onServe(replyTo);
    };
  }

  private Behavior<Command> onServe(ActorRef<StatusReply<InetSocketAddress>> replyTo) {
    HttpServer.bind(system, settings.http(), routes(), metrics.http())
        .whenComplete((address, fault) ->
            replyTo.tell(fault == null ? StatusReply.success(address) : StatusReply.error(fault)));
    return this;
  }

  /// Everything that is served, in one place.
  private List<Route> routes() {
    var http = settings.http();
    var origins = new Origins(http);
    var authenticated = new Authenticated(accounts, tokens, origins, clock);
    var bodies = new Bodies(http.bodyBytes());
    var throttle = new LoginThrottle(settings.accounts().perAddress(), clock);
    return List.of(
        new HealthRoutes(new NodeReadiness(system, Membership.of(system), jdbc)).route(),
        new ClusterRoutes(new ClusterView(system, jdbc, Room.KEY)).route(),
        new MetricsRoute(metrics.exposition(), http.metrics()).route(),
        new SocketRoute(
                system, sessions, new SocketFlow(settings.sessions()), authenticated, origins)
            .route(),
        new TokenRoutes(accounts, tokens, throttle, http, clock).route(),
        new AccountRoutes(accounts, authenticated, bodies, http.secureCookies()).route(),
        new InboxRoutes(accounts, overview, authenticated).route(),
        new PresenceRoutes(system, presence, accounts, rooms, authenticated, bodies).route(),
        new RoomRoutes(rooms, accounts, authenticated, bodies).route(),
        new BlockRoutes(accounts, authenticated).route(),
        new ContactRoutes(accounts, authenticated, bodies).route(),
        new ConversationRoutes(accounts, rooms, authenticated).route(),
        new OpenApiRoutes().route());
  }

  private Executor executor(String dispatcher) {
    return system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher));
  }
}
