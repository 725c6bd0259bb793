package kith.node;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import kith.node.archive.BucketArchive;
import kith.node.archive.FileArchive;
import kith.node.audit.Audit;
import kith.node.auth.HashedPasscodes;
import kith.node.auth.Passwords;
import kith.node.auth.ServerInvitations;
import kith.node.auth.TokenKeyring;
import kith.node.auth.Tokens;
import kith.node.auth.WrappedSecrets;
import kith.node.core.account.Account;
import kith.node.core.account.AccountErasure;
import kith.node.core.account.Accounts;
import kith.node.core.account.MessageErasure;
import kith.node.core.account.RoomMemberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.AgingPace;
import kith.node.core.room.AgingWorker;
import kith.node.core.room.JdbcLogAging;
import kith.node.core.room.JdbcProjectionStore;
import kith.node.core.room.JdbcRoomLog;
import kith.node.core.room.LogArchive;
import kith.node.core.room.Room;
import kith.node.core.room.RoomContext;
import kith.node.core.room.RoomLog;
import kith.node.core.room.Rooms;
import kith.node.core.session.Attachments;
import kith.node.core.session.SessionContext;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.Sessions;
import kith.node.core.session.TokenIdentity;
import kith.node.feature.ExportedFiles;
import kith.node.feature.Feature;
import kith.node.feature.administration.AccountExport;
import kith.node.feature.administration.AccountList;
import kith.node.feature.administration.AdministrationFeature;
import kith.node.feature.administration.ConditionWatch;
import kith.node.feature.administration.RoomList;
import kith.node.feature.administration.TextFilter;
import kith.node.feature.approval.ApprovalFeature;
import kith.node.feature.bookmarks.BookmarksFeature;
import kith.node.feature.bots.BotsFeature;
import kith.node.feature.contacts.ContactsFeature;
import kith.node.feature.conversations.ConversationsFeature;
import kith.node.feature.courier.CourierFeature;
import kith.node.feature.courier.CourierMetrics;
import kith.node.feature.courier.Couriers;
import kith.node.feature.directory.DirectoryFeature;
import kith.node.feature.directory.RoomDirectory;
import kith.node.feature.files.FileMetrics;
import kith.node.feature.files.FilesFeature;
import kith.node.feature.hooks.HooksFeature;
import kith.node.feature.identity.IdentityFeature;
import kith.node.feature.identity.IdentityMetrics;
import kith.node.feature.inbound.InboundFeature;
import kith.node.feature.inbox.InboxFeature;
import kith.node.feature.inbox.InboxLookup;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.inbox.JdbcPositions;
import kith.node.feature.inbox.JdbcRoomSummaries;
import kith.node.feature.inbox.Positions;
import kith.node.feature.inbox.RoomSummary;
import kith.node.feature.lobby.LobbyFeature;
import kith.node.feature.mentions.JdbcMentions;
import kith.node.feature.mentions.MentionsFeature;
import kith.node.feature.moderation.ModerationFeature;
import kith.node.feature.pins.PinsFeature;
import kith.node.feature.presence.JdbcLastSeen;
import kith.node.feature.presence.Presence;
import kith.node.feature.presence.PresenceBehavior;
import kith.node.feature.presence.PresenceFeature;
import kith.node.feature.push.PushFeature;
import kith.node.feature.reactions.ReactionsFeature;
import kith.node.feature.receipts.JdbcReceipts;
import kith.node.feature.receipts.ReceiptsFeature;
import kith.node.feature.reminders.DueReminders;
import kith.node.feature.reminders.RemindersFeature;
import kith.node.feature.search.SearchFeature;
import kith.node.feature.search.SearchMetrics;
import kith.node.feature.secondfactor.SecondFactorFeature;
import kith.node.feature.slash.CallMetrics;
import kith.node.feature.slash.SlashFeature;
import kith.node.feature.threads.ThreadsFeature;
import kith.node.feature.typing.TypingFeature;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.platform.cluster.Departures;
import kith.node.platform.cluster.MemberCounts;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.database.BatchWriter;
import kith.node.platform.database.BoundedExecutor;
import kith.node.platform.database.Database;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.objects.ObjectStore;
import kith.node.privacy.JdbcPrivacy;
import kith.node.privacy.PrivacyPolicy;
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
import org.apache.pekko.serialization.SerializationExtension;

/// The first actor: it spawns and wires the parts of a node, and does nothing else.
final class Guardian extends AbstractMatchingBehavior<Guardian.Command> {
  sealed interface Command {}

  /// Sent once, when the node has joined its cluster.
  ///
  /// @param bound completed with the address that clients connect to; without a time limit, so it
  ///   is not an ask
  record Serve(CompletableFuture<InetSocketAddress> bound) implements Command {}

  private final NodeSettings settings;
  private final AtomicInteger sockets;
  private final ActorSystem<?> system;
  private final Clock clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final Jdbc jdbc;
  private final RoomDirectory directory;
  private final AccountList accountList;
  private final Audit audit;
  private final IdentityFeature identity;
  private final ConditionWatch.Copy condition;
  private final AdministrationFeature administration;
  private final List<Feature> features;
  private final InboxLookup overview;
  private final ActorRef<InboxNews.Command> news;
  private final ActorRef<Presence.Command> presence;
  private final Positions positions;
  private final BatchWriter.Input<PrivacyPolicy> privacy;
  private final Rooms rooms;
  private final Accounts accounts;
  private final TokenKeyring keyring;
  private final Tokens tokens;
  private final ActorRef<Sessions.Command> sessions;

  /// @param sockets receives the number of connected clients
  static Behavior<Command> create(
      NodeSettings settings, Database database, TokenKeyring keyring, AtomicInteger sockets) {
    return Behaviors.setup(context -> new Guardian(context, settings, database, keyring, sockets));
  }

  private Guardian(
      ActorContext<Command> context,
      NodeSettings settings,
      Database database,
      TokenKeyring keyring,
      AtomicInteger sockets) {
    super(context);
    this.keyring = keyring;
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
    var most = settings.database().waitingWrites();
    this.positions = JdbcPositions.start(writer -> context.spawn(writer, "positions"), jdbc, most);
    this.privacy = JdbcPrivacy.start(writer -> context.spawn(writer, "privacy"), jdbc, most);
    var lastSeen = JdbcLastSeen.start(writer -> context.spawn(writer, "last-seen"), jdbc, most);
    this.presence =
        context.spawn(
            PresenceBehavior.create(settings.sessions().grace(), lastSeen, clock), "presence");
    this.directory = new RoomDirectory(jdbc, clock);
    this.accountList =
        AccountList.start(writer -> context.spawn(writer, "account-list"), jdbc, most);
    var ofAudit = settings.administration();
    this.audit =
        Audit.start(
            system,
            jdbc,
            metrics.audit(),
            ofAudit.auditRetention(),
            ofAudit.waitingAuditEntries(),
            clock);
    this.condition =
        ConditionWatch.start(watch -> context.spawn(watch, "condition"), jdbc, ofAudit);
    var courierEngine =
        new Couriers(
            system,
            jdbc,
            executor("kith.dispatcher.couriers"),
            settings.couriers(),
            new WrappedSecrets(settings.accounts().tokenKeys(), "kith courier secret encryption"),
            "Kith/" + Main.version(),
            new CourierMetrics(metrics.instruments()),
            clock);
    var push =
        new PushFeature(
            system,
            writer -> context.spawn(writer, "push"),
            writer -> context.spawn(writer, "push-activity"),
            jdbc,
            most,
            new DueReminders(jdbc),
            courierEngine,
            settings.push(),
            clock);
    this.tokens = new Tokens(keyring, settings.accounts());
    this.administration = administration();
    this.identity =
        new IdentityFeature(
            system,
            jdbc,
            directory::ids,
            executor("kith.dispatcher.identity"),
            settings.identity(),
            settings.accounts(),
            settings.http(),
            new IdentityMetrics(metrics.instruments()),
            audit,
            clock);
    this.features =
        features(
            courierEngine,
            push,
            new Jdbc(database.files(), executor("kith.dispatcher.files")),
            new Jdbc(database.searches(), executor("kith.dispatcher.search")));
    var aging = new Jdbc(database.source(), executor("kith.dispatcher.aging"));
    var roomContext = roomContext(passwords, database.source(), aging);
    roomContext.commandOwners().requireAll();
    this.rooms = Rooms.start(system, roomContext);
    var memberships = new RoomMemberships(rooms);
    this.accounts =
        Accounts.start(
            system,
            settings.accounts(),
            passwords,
            memberships,
            all(feature -> feature.accountParts(rooms, memberships)),
            eraseDeletedAccounts(roomContext.log()),
            clock);
    this.sessions = context.spawn(Sessions.create(sessionContext(context)), "sessions");
    ageRooms(aging);
    repeat(Intervals.CONDITION_CHECK, Intervals.CONDITION_CHECK, this::refreshCondition);
    watch(database);
    sendSessionsAwayAtShutdown();
    writeAtShutdown("positions", positions::flush);
    writeAtShutdown("privacy", privacy::flush);
    writeAtShutdown("last-seen", lastSeen::flush);
    writeAtShutdown("account-list", accountList::flush);
    writeAtShutdown("audit", audit::flush);
  }

  private AccountErasure eraseDeletedAccounts(RoomLog log) {
    var tables =
        Stream.concat(Stream.of(JdbcPrivacy.BLOCKS), all(Feature::accountTables).stream()).toList();
    var messages =
        new MessageErasure(
            jdbc,
            log,
            rooms::redactOwn,
            run ->
                system
                    .scheduler()
                    .scheduleOnce(Intervals.ROOM_RETRY, run, system.executionContext()));
    var erasure =
        new AccountErasure(jdbc, SerializationExtension.get(system), tables, messages::run);
    repeat(Intervals.FIRST_ERASURE, Intervals.ERASURE, erasure::eraseAll);
    return erasure;
  }

  /// Requests are served with the condition of the last successful read.
  private void refreshCondition() {
    var _ = condition.refresh().exceptionally(_ -> null);
  }

  private void policyChanged(String user, PrivacyPolicy policy) {
    privacy.keep(user, policy);
    presence.tell(new Presence.Choose(user, policy));
  }

  private void watch(Database database) {
    var members = new MemberCounts(Cluster.get(system));
    metrics.watchProcess(Main.version());
    metrics.watchCluster(members::byState, members::unreachable);
    metrics.watchDatabase(database::connections, database::waitingThreads);
  }

  /// All features of a node; no other place names them all. A feature's part of a session may use
  /// the parts of features before it.
  private List<Feature> features(Couriers couriers, PushFeature push, Jdbc files, Jdbc searches) {
    var ofSessions = settings.sessions();
    var hooks = new HooksFeature(couriers, settings.hooks(), audit, clock);
    return List.of(
        new InboxFeature(news, overview, positions, settings.inbox(), ofSessions),
        new MentionsFeature(
            settings.mentions(),
            (room, state, mentions) ->
                news.tell(new InboxNews.Changed(RoomSummary.of(room, state).mentioning(mentions)))),
        new ContactsFeature(settings.contacts()),
        new ConversationsFeature(ClusterSharding.get(system), settings.conversations()),
        new PresenceFeature(
            system, presence, this::policyChanged, ofSessions.idleAfter(), settings.presence()),
        new TypingFeature(ofSessions),
        new ReceiptsFeature(
            new JdbcReceipts(jdbc), settings.receipts(), settings.rooms().members()),
        new ReactionsFeature(settings.reactions()),
        new PinsFeature(jdbc, settings.pins()),
        new BookmarksFeature(jdbc, settings.bookmarks()),
        new ThreadsFeature(system, jdbc, settings.threads()),
        new RemindersFeature(system, jdbc, settings.reminders(), clock),
        new FilesFeature(
            system,
            files,
            executor("kith.dispatcher.thumbnails"),
            executor("kith.dispatcher.scans"),
            executor("kith.dispatcher.objects"),
            settings.files(),
            new FileMetrics(metrics.instruments()),
            audit),
        new BotsFeature(jdbc, settings.bots(), settings.accounts().signUp()),
        new SlashFeature(
            system,
            couriers,
            jdbc,
            settings.slash(),
            ofSessions.bodyBytes(),
            new CallMetrics(metrics.instruments()),
            clock),
        new InboundFeature(jdbc, settings.inbound(), ofSessions.bodyBytes(), audit, clock),
        new DirectoryFeature(directory),
        new SearchFeature(
            searches, settings.search(), new SearchMetrics(metrics.instruments()), clock),
        new ModerationFeature(
            system,
            jdbc,
            new JdbcRoomLog(jdbc, SerializationExtension.get(system), List.of()),
            settings.moderation(),
            audit,
            metrics.audit(),
            clock),
        new ApprovalFeature(
            ClusterSharding.get(system), jdbc, settings.approval(), audit, metrics.audit(), clock),
        administration,
        new SecondFactorFeature(system, jdbc, settings.accounts(), tokens, audit, clock),
        identity,
        new LobbyFeature(settings.lobby()),
        hooks,
        push,
        new CourierFeature(
            couriers, Stream.concat(hooks.carriers().stream(), push.carriers().stream()).toList()));
  }

  private AdministrationFeature administration() {
    var log = new JdbcRoomLog(jdbc, SerializationExtension.get(system), List.of());
    var filter = settings.administration().filter();
    return new AdministrationFeature(
        accountList,
        audit,
        metrics.audit()::tokenReused,
        log,
        new RoomList(jdbc),
        new AccountExport(jdbc, log, audit, () -> all(Feature::accountTables), this::exportedFiles),
        new TextFilter(filter.words(), filter.hosts(), filter.dryRun()),
        metrics.audit()::filtered,
        new ServerInvitations(jdbc),
        condition,
        settings.limits(),
        clock);
  }

  private Optional<ExportedFiles> exportedFiles() {
    return features.stream().flatMap(it -> it.exportedFiles().stream()).findFirst();
  }

  private <T> List<T> all(Function<Feature, List<T>> attached) {
    return features.stream().flatMap(feature -> attached.apply(feature).stream()).toList();
  }

  private RoomContext roomContext(Passwords passwords, DataSource database, Jdbc aging) {
    var sharding = ClusterSharding.get(system);
    return new RoomContext(
        settings.rooms(),
        clock,
        new JdbcRoomLog(jdbc, SerializationExtension.get(system), all(Feature::amendments)),
        directory,
        new HashedPasscodes(passwords),
        (user, room) -> sharding.entityRefFor(Account.KEY, user).tell(new Account.RoomEnded(room)),
        metrics.rooms(),
        all(Feature::postRules),
        all(Feature::roomParts),
        all(Feature::projections),
        new JdbcProjectionStore(new Jdbc(database, executor("kith.dispatcher.projections"))),
        new RoomContext.AgingContext(
            settings.retention(),
            new JdbcLogAging(
                aging,
                SerializationExtension.get(system),
                settings.retention(),
                all(Feature::projections),
                settings.retention().archive().map(this::archive),
                metrics.aging()),
            new AgingPace(settings.retention().entriesPerSecond(), System::nanoTime)));
  }

  private LogArchive archive(RetentionSettings.Archive place) {
    return switch (place) {
      case RetentionSettings.Archive.Directory(var path) -> new FileArchive(path, metrics.aging());
      case RetentionSettings.Archive.Bucket(var s3) ->
          new BucketArchive(
              // callers wait on their own threads
              new ObjectStore(
                  s3, Runnable::run, FileIntervals.ARCHIVE_CALL, FileIntervals.ARCHIVE_CALL),
              metrics.aging());
    };
  }

  /// Asks rooms to remove entries that their retention does not keep.
  private void ageRooms(Jdbc aging) {
    var worker =
        new AgingWorker(
            aging,
            settings.retention(),
            clock,
            room -> rooms.tell(room, new Room.Age()),
            metrics.aging());
    repeat(Intervals.AGING, Intervals.AGING, worker::run);
    repeat(Intervals.AGING, Intervals.AGING_SWEEP, worker::sweep);
  }

  private void repeat(Duration first, Duration interval, Runnable work) {
    var _ =
        system.scheduler().scheduleWithFixedDelay(first, interval, work, system.executionContext());
  }

  private SessionContext sessionContext(ActorContext<Command> context) {
    var relays =
        context.spawn(
            Relays.create(rooms, new WebSocketFraming(), all(Feature::relayParts)), "relays");
    return new SessionContext(
        settings.sessions(),
        settings.limits(),
        settings.rooms().pageBytes(),
        Cluster.get(system).selfMember().address().hostPort(),
        clock,
        System::nanoTime,
        sockets::set,
        new TokenIdentity(tokens, accounts, clock),
        relays,
        rooms.log(),
        metrics.sessions(),
        features.stream()
            .flatMap(feature -> feature.attachments().stream())
            .findFirst()
            .orElse(Attachments.NONE),
        new SessionFeatures(
                all(Feature::names),
                all(feature -> feature.sessionParts(rooms, relays)),
                all(Feature::postKinds))
            .checkComplete());
  }

  /// Moves the rooms to the other nodes, and then asks sockets to reconnect there.
  private void sendSessionsAwayAtShutdown() {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "move-rooms-and-send-sessions-away",
            () -> {
              return Departures.of(system)
                  .leave()
                  .thenCompose(_ -> {
                    presence.tell(new Presence.Leave());
                    return sendSessionsAway();
                  })
                  .exceptionally(_ -> Done.getInstance());
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
                    .orTimeout(ClusterIntervals.FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((_, _) -> Done.getInstance()));
  }

  private CompletionStage<Done> sendSessionsAway() {
    return AskPattern.ask(
        sessions, Sessions.SendAway::new, ClusterIntervals.FAREWELL, system.scheduler());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Serve(var bound) -> onServe(bound);
    };
  }

  private Behavior<Command> onServe(CompletableFuture<InetSocketAddress> bound) {
    new Endpoints(
            system,
            settings,
            clock,
            metrics,
            jdbc,
            audit,
            keyring,
            tokens,
            rooms,
            accounts,
            sessions,
            features,
            administration,
            identity)
        .open()
        .whenComplete((address, fault) -> {
          if (fault == null) bound.complete(address);
          else bound.completeExceptionally(fault);
        });
    return this;
  }

  private Executor executor(String dispatcher) {
    return new BoundedExecutor(
        system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher)),
        system.settings().config().getInt(dispatcher + ".thread-pool-executor.task-queue-size"));
  }
}
