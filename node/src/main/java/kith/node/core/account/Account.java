package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.auth.ServerAct;
import kith.node.core.account.AccountState.Decision;
import kith.node.core.account.Memberships.Outcome;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import kith.protocol.ServerRole;
import kith.protocol.ShownTo;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.NotInfluenceReceiveTimeout;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// One account, in the whole cluster: its password, devices, live sessions and rooms. The entity is
/// found by its canonical user name, which makes names unique.
public final class Account
    extends EventSourcedBehaviorWithEnforcedReplies<Account.Command, AccountEvent, AccountState>
    implements AccountHost {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "account");

  public sealed interface Command extends CborSerializable {}

  /// Hashes or compares a password, on a separate thread.
  sealed interface PasswordCommand extends Command
      permits SignUp, LogIn, ChangePassword, ResetPassword, Delete, AccountPasswords.Found {}

  public record SignUp(
      Secret password,
      Optional<String> displayName,
      Optional<String> email,
      NewDevice device,
      ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  /// @param from absent if the client connects to a node of an older release
  public record LogIn(
      Secret password, NewDevice device, Optional<Client> from, ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  public record ChangePassword(
      String device, Secret current, Secret replacement, ActorRef<Answer> replyTo)
      implements PasswordCommand {}

  /// Sets a new password with the code of an administrator, and logs in.
  public record ResetPassword(
      Secret code, Secret replacement, NewDevice device, Client from, ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  /// @param messages whether its messages are redacted, too; absent means no
  public record Delete(Secret password, Optional<Boolean> messages, ActorRef<Answer> replyTo)
      implements PasswordCommand {}

  /// Concerns the devices that are logged in.
  sealed interface DeviceCommand extends Command
      permits Refresh, CheckDevice, EndDevice, EndAllDevices, ListDevices {}

  public record Refresh(String device, long generation, ActorRef<Admission> replyTo)
      implements DeviceCommand {}

  /// An access token is used.
  ///
  /// @param generation absent if the client connects to a node of an older release
  public record CheckDevice(
      String device, Optional<Long> generation, ActorRef<DeviceAnswer> replyTo)
      implements DeviceCommand {}

  /// @param why the reason for the device, if it is not a log-out; absent from nodes of an older
  ///   release
  public record EndDevice(
      String device,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Code> why,
      ActorRef<Answer> replyTo)
      implements DeviceCommand {
    public EndDevice(String device, ActorRef<Answer> replyTo) {
      this(device, Optional.empty(), replyTo);
    }
  }

  public record EndAllDevices(ActorRef<Answer> replyTo) implements DeviceCommand {}

  /// An administrator acts on this account, which decides whether the role suffices.
  public record Administer(ServerRole by, AccountAct act, ActorRef<Answer> replyTo)
      implements Command {}

  /// Concerns a bot and its owner.
  sealed interface BotCommand extends Command
      permits OfBot, AccountBots.OwnerAnswered, AccountBots.CheckOwner {}

  /// The owner of a bot acts on it.
  public record OfBot(String owner, BotAct act, ActorRef<BotAnswer> replyTo)
      implements BotCommand {}

  public record AskServerRole(ActorRef<ServerRoleAnswer> replyTo) implements Command {}

  public record ListDevices(ActorRef<DevicesReply> replyTo) implements DeviceCommand {}

  public record Read(ActorRef<ReadReply> replyTo) implements Command {}

  /// Absent means unchanged; an empty text removes the field.
  public record ChangeProfile(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      ActorRef<ReadReply> replyTo)
      implements Command {}

  /// Concerns open sockets.
  sealed interface SessionCommand extends Command permits Attach, AccountSessions.Gone {}

  /// A socket of a device has opened: subscribes it to the account. The answer is [Attached], in
  /// pages; the words of parts that need time follow. Can be repeated, and must be after the
  /// account actor that answered has stopped.
  ///
  /// @param generation of the access token that is used; absent if the client connects to a node of
  ///   an older release
  /// @param live the client has asked for the live views of its account
  /// @param session watched, and notified when the device ends
  public record Attach(
      String device,
      Optional<Long> generation,
      boolean live,
      ActorRef<AttachReply> replyTo,
      ActorRef<DeviceEnded> session)
      implements SessionCommand {}

  /// Concerns a room: the account persists its intent, asks the room, and persists the answer.
  public sealed interface RoomCommand extends Command permits RoomRequest, AccountRooms.Heard {
    String room();
  }

  /// Waits while another request about the same room is open.
  public sealed interface RoomRequest extends RoomCommand {}

  /// Creates a room with a new id, and becomes its first member.
  public record Open(String room, CreateRoom request, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Join(
      String room, Optional<String> passcode, Optional<String> invitation, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Leave(String room, ActorRef<Answer> replyTo) implements RoomRequest {}

  /// The account may not be a member any more: kicked, or the room was deleted. It asks the room.
  public record RoomEnded(String room) implements RoomRequest {}

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// A command of a feature's part about a room. The part receives it while no question about that
  /// room is open, and may ask one.
  public non-sealed interface PartRoomRequest extends RoomRequest, PartCommand {
    ActorRef<Answer> replyTo();
  }

  /// Concerns the account's blocked users or its privacy settings.
  sealed interface PrivacyCommand extends Command permits Block, ChangePrivacy, AskRelations {}

  /// Blocks or unblocks a user. The other user is not notified.
  public record Block(String user, boolean blocked, ActorRef<Answer> replyTo)
      implements PrivacyCommand {}

  /// Absent means unchanged.
  public record ChangePrivacy(
      Optional<ShownTo> lastSeen,
      Optional<ShownTo> receipts,
      Optional<Boolean> typing,
      Optional<ConversationsFrom> conversations,
      ActorRef<ReadReply> replyTo)
      implements PrivacyCommand {}

  public record AskRelations(ActorRef<RelationsAnswer> replyTo) implements PrivacyCommand {}

  private record Sweep() implements Command, NotInfluenceReceiveTimeout {}

  /// A periodic tick: checks whether a command has arrived since the last tick.
  record Idle() implements Command {}

  /// Sharding asks the account to leave this node.
  record Stop() implements Command {}

  /// All parts have saved their work, or took too long.
  private record Settled() implements Command {}

  /// A device that logs in, as its client describes it.
  public record NewDevice(String name, boolean cookies) {}

  public sealed interface Admission extends CborSerializable {}

  /// The device gets tokens; its refresh token has this generation and was made at `at`.
  public record Admitted(String device, boolean cookies, long generation, Instant at)
      implements Admission {}

  /// The password is right, and the account needs a further proof. No device has begun.
  ///
  /// @param password shows later that the password was right
  public record ProofRequired(String password) implements Admission {}

  public sealed interface Answer extends CborSerializable {}

  public record Done() implements Answer, DeviceAnswer, BotAnswer {}

  public sealed interface DeviceAnswer extends CborSerializable {}

  public sealed interface BotAnswer extends CborSerializable {}

  /// A bot uses a token, which permits this.
  public record Granted(BotAccount.Grant grant) implements DeviceAnswer {}

  /// The tokens of a bot, the oldest first.
  public record BotView(List<ListedToken> tokens) implements BotAnswer {
    public BotView {
      tokens = List.copyOf(tokens);
    }

    static BotView of(Map<String, BotAccount.Token> tokens) {
      return new BotView(
          tokens.entrySet().stream()
              .map(it -> new ListedToken(it.getKey(), it.getValue()))
              .sorted(Comparator.comparing(it -> it.token().created()))
              .toList());
    }

    public Optional<BotAccount.Token> token(String id) {
      return tokens.stream().filter(it -> it.id().equals(id)).map(ListedToken::token).findFirst();
    }
  }

  public record ListedToken(String id, BotAccount.Token token) {}

  public sealed interface ReadReply extends CborSerializable {}

  /// @param relations absent if the account runs on a node of an older release
  /// @param owner who answers for a bot
  public record View(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Instant created,
      List<String> rooms,
      Optional<Relations> relations,
      Optional<String> owner)
      implements ReadReply {
    public View(
        Optional<String> displayName,
        Optional<String> picture,
        Optional<String> email,
        Instant created,
        List<String> rooms,
        Optional<Relations> relations) {
      this(displayName, picture, email, created, rooms, relations, Optional.empty());
    }
  }

  /// @param exists false if nobody has this name, or the account is deleted
  /// @param resetExpires until when a code for a new password is valid, if there is one
  public record ServerRoleAnswer(
      boolean exists, ServerRole role, boolean disabled, Optional<Instant> resetExpires)
      implements CborSerializable {
    public boolean mayDo(ServerAct act) {
      return exists && !disabled && ServerAct.mayDo(role, act);
    }
  }

  public sealed interface DevicesReply extends CborSerializable {}

  public record DeviceList(List<DeviceView> devices) implements DevicesReply {
    public DeviceList {
      devices = List.copyOf(devices);
    }
  }

  public record DeviceView(String device, String name, Instant created, Instant lastUsed) {}

  /// A refusal. With `retryAfterMillis` a later retry may succeed.
  public record Refused(Code code, OptionalLong retryAfterMillis)
      implements Admission, Answer, DeviceAnswer, BotAnswer, ReadReply, DevicesReply {
    public static final Refused UNAVAILABLE = because(Code.UNAVAILABLE);

    public static Refused because(Code code) {
      return new Refused(code, OptionalLong.empty());
    }

    public static Refused until(Code code, Duration wait) {
      return new Refused(code, OptionalLong.of(Math.max(1, wait.toMillis())));
    }
  }

  public sealed interface AttachReply extends CborSerializable {}

  /// A message of a feature's account part to the feature's part of each session.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  public non-sealed interface PartWord extends AttachReply {}

  /// A page of the answer to `Attach`.
  ///
  /// @param rooms the joined rooms in order, over all pages
  /// @param hidden those of them that are not listed
  /// @param words the first messages of the account's parts to the session
  /// @param grant what the token of a bot permits; absent for people
  public record Attached(
      Page page,
      ActorRef<Command> account,
      PrivacyPolicy policy,
      List<String> rooms,
      Set<String> hidden,
      List<PartWord> words,
      Optional<BotAccount.Grant> grant)
      implements AttachReply {
    public Attached(
        Page page,
        ActorRef<Command> account,
        PrivacyPolicy policy,
        List<String> rooms,
        Set<String> hidden,
        List<PartWord> words) {
      this(page, account, policy, rooms, hidden, words, Optional.empty());
    }

    public Attached {
      rooms = List.copyOf(rooms);
      hidden = Set.copyOf(hidden);
      words = List.copyOf(words);
    }

    public List<String> shownRooms() {
      return rooms.stream().filter(Predicate.not(hidden::contains)).toList();
    }

    public <W extends PartWord> List<W> words(Class<W> type) {
      return words.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// The whole answer.
    public static Attached of(List<Attached> pages) {
      return new Attached(
          Page.ONLY,
          pages.getLast().account,
          pages.getLast().policy,
          pages.stream().flatMap(it -> it.rooms.stream()).toList(),
          pages.stream().flatMap(it -> it.hidden.stream()).collect(Collectors.toSet()),
          pages.stream().flatMap(it -> it.words.stream()).toList(),
          pages.getLast().grant);
    }
  }

  /// The answer to `AskRelations`.
  public record RelationsAnswer(Relations relations) implements CborSerializable {}

  /// Sent to all attached sessions when it changes.
  public record PolicyChanged(PrivacyPolicy policy) implements AttachReply {}

  public record AttachRefused(Code code) implements AttachReply {}

  /// Sent to a session when its device ends.
  public record DeviceEnded(Code code, String message) implements CborSerializable {}

  static final Refused NO_DEVICE = Refused.because(Code.DEVICE_ENDED);
  static final Refused DISABLED = Refused.because(Code.ACCOUNT_DISABLED);

  private final String user;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final AccountSettings settings;
  private final Consumer<String> erasure;
  private final BiConsumer<String, Command> others;
  private final Clock clock;
  private final AccountPasswords passwords;
  private final AccountRooms rooms;
  private final AccountPrivacy privacy;
  private final AccountSessions sessions;
  private final AccountParts parts;
  private final AccountDevices devices;
  private final AccountBots bots;
  private boolean isUsed;
  private boolean isEnding;

  /// Settings and services that all accounts of a node share.
  ///
  /// @param erasure erases the stored data of a deleted account
  /// @param others sends a command to another account, on any node
  record Surroundings(
      AccountSettings settings,
      Passwords passwords,
      Memberships memberships,
      List<AccountPart.Factory<?>> parts,
      Consumer<String> erasure,
      BiConsumer<String, Command> others,
      Clock clock) {}

  static Behavior<Command> create(
      String user, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings surroundings) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new Account(user, context, timers, shard, surroundings)));
  }

  private Account(
      String user,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Surroundings surroundings) {
    // not PersistenceId.of, which refuses a `|` in the name
    super(
        PersistenceId.ofUniqueId(KEY.name() + "|" + user),
        SupervisorStrategy.restartWithBackoff(
            Intervals.FIRST_RESTART, Intervals.RAREST_RESTART, 0.2));
    this.user = user;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.settings = surroundings.settings();
    this.erasure = surroundings.erasure();
    this.others = surroundings.others();
    this.clock = surroundings.clock();
    this.parts = new AccountParts(surroundings.parts(), this);
    this.passwords = new AccountPasswords(user, this, context, surroundings);
    this.rooms = new AccountRooms(user, this, context, timers, parts, surroundings);
    this.privacy = new AccountPrivacy(this, settings.blockedPerAccount());
    var usedTokens = new UsedTokens();
    this.sessions =
        new AccountSessions(this, context, parts, usedTokens, settings.socketsPerAccount());
    this.devices = new AccountDevices(this, sessions, parts, usedTokens, settings);
    this.bots = new AccountBots(this, sessions, settings);
    timers.startTimerWithFixedDelay(new Idle(), settings.idle());
    timers.startTimerWithFixedDelay(new Sweep(), Intervals.ACCOUNT_SWEEP);
  }

  @Override
  public CommandHandlerWithReply<Command, AccountEvent, AccountState> commandHandler() {
    return (account, command) -> {
      isUsed |= !(command instanceof Idle || command instanceof AccountBots.CheckOwner);
      return switch (command) {
        case PasswordCommand asked -> passwords.on(account, asked);
        case RoomCommand asked -> rooms.on(account, asked);
        case PartCommand asked -> parts.on(account, asked);
        case PrivacyCommand asked -> privacy.on(account, asked);
        case DeviceCommand asked -> devices.on(account, asked);
        case BotCommand asked -> bots.on(account, asked);
        case Administer(var by, var act, var replyTo) ->
            carryOut(account, account.decide(by, act), replyTo);
        case AskServerRole(var replyTo) -> reply(replyTo, serverRole(account));
        case Read(var replyTo) -> reply(replyTo, account.view());
        case ChangeProfile asked -> onChangeProfile(account, asked);
        case SessionCommand asked -> sessions.on(account, asked);
        case Sweep() -> devices.sweep(account);
        case Idle() -> onIdle();
        case Stop() -> onStop();
        case Settled() -> Effect().stop().thenNoReply();
      };
    };
  }

  private ServerRoleAnswer serverRole(AccountState account) {
    return new ServerRoleAnswer(
        account.isActive(),
        account.serverRole(),
        account.isDisabled(),
        account.serverStanding().reset().filter(it -> it.isUsable(now())).map(it -> it.expires()));
  }

  /// An action that a feature requires of the account before a device can use it.
  Optional<Code> whyNotUse(AccountState account) {
    return parts.first(part -> part.whyNotUse(account));
  }

  /// True if a right password is not enough to log in.
  boolean needsProof(AccountState account) {
    return parts.first(part -> Optional.of(true).filter(_ -> part.needsProof(account))).isPresent();
  }

  private ReplyEffect<AccountEvent, AccountState> onChangeProfile(
      AccountState account, ChangeProfile change) {
    if (!account.isActive()) return reply(change.replyTo(), NO_DEVICE);
    var changed = account.decideProfile(change.displayName(), change.picture(), change.email());
    return persist(account, List.of(changed)).thenReply(change.replyTo(), AccountState::view);
  }

  /// A periodic timer checks for commands since its last tick: cheaper than a receive timeout,
  /// which every message resets.
  private ReplyEffect<AccountEvent, AccountState> onIdle() {
    var wasUsed = isUsed;
    isUsed = false;
    if (!wasUsed
        && sessions.isEmpty()
        && !rooms.isBusy()
        && !parts.areBusy()
        && !passwords.areCounting()) shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onStop() {
    if (isEnding) return noReply();
    isEnding = true;
    timers.startSingleTimer(new Settled(), ClusterIntervals.LAST_ACCOUNT_WRITES);
    context.pipeToSelf(parts.end(), (_, _) -> new Settled());
    return noReply();
  }

  ReplyEffect<AccountEvent, AccountState> askOwner(AccountState bot, AccountBots.BotUse use) {
    return bots.askOwner(bot, use);
  }

  /// Stores the use of a bot's token.
  EffectBuilder<AccountEvent, AccountState> used(AccountState state, String device) {
    return bots.used(state, device);
  }

  boolean isAlive(AccountState state, String device) {
    return devices.isAlive(state, device);
  }

  /// Persists the events of a decision, then replies.
  <R> ReplyEffect<AccountEvent, AccountState> carryOut(
      AccountState account, Decision<R> decision, ActorRef<? super R> replyTo) {
    return persist(account, decision.events()).thenReply(replyTo, _ -> decision.reply());
  }

  @Override
  public EffectBuilder<AccountEvent, AccountState> persist(
      AccountState before, List<? extends AccountEvent> events) {
    return Effect()
        .persist(List.<AccountEvent>copyOf(events))
        .thenRun((AccountState after) -> changed(before, after));
  }

  private void changed(AccountState before, AccountState after) {
    if (before == after) return;
    if (!before.isBot() && after.isBot()) bots.watchOwner();
    if (!before.isDisabled() && after.isDisabled()) sessions.endAll(Code.ACCOUNT_DISABLED);
    if (before.devices() != after.devices() || !before.bot().equals(after.bot()))
      sessions.keep(after.usable());
    if (before.privacy() != after.privacy())
      sessions.tell(new PolicyChanged(after.relations().policy()));
    parts.each(part -> part.changed(before, after));
    if (before.isActive() && !after.isActive()) {
      rooms.settleOpen(after);
      erasure.accept(user);
    }
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> enter(
      AccountState state,
      List<? extends AccountEvent> first,
      String room,
      ActorRef<Answer> replyTo,
      Supplier<CompletionStage<Outcome>> question) {
    return rooms.enter(state, first, room, replyTo, question);
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> noReply() {
    return Effect().noReply();
  }

  @Override
  public <R> ReplyEffect<AccountEvent, AccountState> reply(ActorRef<? super R> replyTo, R reply) {
    return Effect().reply(replyTo, reply);
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> refuse(
      ActorRef<? super Refused> replyTo, Code code) {
    return reply(replyTo, Refused.because(code));
  }

  @Override
  public Optional<Refused> count(Client client) {
    return passwords.count(client);
  }

  @Override
  public void giveBack(Client client) {
    passwords.giveBack(client);
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> afterPassword(
      AccountState state,
      Client client,
      Secret password,
      Consumer<Refused> refused,
      Function<AccountState, ReplyEffect<AccountEvent, AccountState>> then) {
    return passwords.confirm(state, new AccountPasswords.Confirm(client, password, refused, then));
  }

  @Override
  public boolean isProof(AccountState state, String password) {
    return passwords.isProof(state, password);
  }

  /// The events of parts that are persisted with a sign-up.
  Stream<AccountEvent> signedUp() {
    return parts.signedUp();
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> make(
      AccountState state, SignUp asked, List<? extends AccountEvent> further) {
    return passwords.make(state, asked, further);
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> admit(
      AccountState state,
      List<? extends AccountEvent> first,
      NewDevice device,
      ActorRef<Admission> replyTo) {
    return passwords.admit(state, first, device, replyTo);
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public ActorContext<Command> actor() {
    return context;
  }

  @Override
  public TimerScheduler<Command> timers() {
    return timers;
  }

  @Override
  public boolean hasSessions() {
    return !sessions.isEmpty();
  }

  @Override
  public void tellSessions(PartWord word) {
    sessions.tell(word);
  }

  @Override
  public void tellLive(PartWord word) {
    sessions.tellLive(word);
  }

  @Override
  public void tellAccount(String other, Command command) {
    others.accept(other, command);
  }

  @Override
  public long seq() {
    return lastSequenceNumber(context);
  }

  /// Times are stored and shown in milliseconds.
  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public AccountState emptyState() {
    return AccountState.UNCLAIMED;
  }

  @Override
  public EventHandler<AccountState, AccountEvent> eventHandler() {
    return AccountState::with;
  }

  @Override
  public SignalHandler<AccountState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (account, _) -> onRecovered(account))
        .build();
  }

  private void onRecovered(AccountState account) {
    if (account.isBot()) bots.watchOwner();
    rooms.recovered(account);
    parts.each(part -> part.recovered(account));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(100, 2);
  }
}
