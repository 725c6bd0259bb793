package kith.node.core.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Administer;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.AskServerRole;
import kith.node.core.account.Account.BotCommand;
import kith.node.core.account.Account.ChangeProfile;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.DeviceCommand;
import kith.node.core.account.Account.Idle;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.PartCommand;
import kith.node.core.account.Account.PartWord;
import kith.node.core.account.Account.PasswordCommand;
import kith.node.core.account.Account.PolicyChanged;
import kith.node.core.account.Account.PrivacyCommand;
import kith.node.core.account.Account.Read;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.RoomCommand;
import kith.node.core.account.Account.ServerRoleAnswer;
import kith.node.core.account.Account.SessionCommand;
import kith.node.core.account.Account.Settled;
import kith.node.core.account.Account.SignUp;
import kith.node.core.account.Account.Stop;
import kith.node.core.account.Account.Sweep;
import kith.node.core.account.AccountState.Decision;
import kith.node.core.account.Memberships.Outcome;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// Implements [Account]: its password, devices, live sessions and rooms.
final class AccountBehavior
    extends EventSourcedBehaviorWithEnforcedReplies<Command, AccountEvent, AccountState>
    implements AccountHost {
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

  AccountBehavior(
      String user,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Account.Surroundings surroundings) {
    // not PersistenceId.of, which refuses a `|` in the name
    super(
        PersistenceId.ofUniqueId(Account.KEY.name() + "|" + user),
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
    if (!account.isActive()) return reply(change.replyTo(), Account.NO_DEVICE);
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
    if (before.equals(after)) return;
    if (!before.isBot() && after.isBot()) bots.watchOwner();
    if (!before.isDisabled() && after.isDisabled()) sessions.endAll(Code.ACCOUNT_DISABLED);
    if (!before.devices().equals(after.devices()) || !before.bot().equals(after.bot()))
      sessions.keep(after.usable());
    if (!before.privacy().equals(after.privacy()))
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
