package kith.node.core.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.core.account.AccountState.Decision;
import kith.node.feature.contacts.ContactEntry;
import kith.node.feature.contacts.ContactIntent;
import kith.node.feature.inbox.Positions;
import kith.node.feature.inbox.RoomSummaries;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PresencePrivacy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.ActorPath;
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
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// One account, in the whole cluster: its password, devices, live sessions and rooms. The entity is
/// found by its canonical user name, which makes names unique.
public final class Account
    extends EventSourcedBehaviorWithEnforcedReplies<Account.Command, AccountEvent, AccountState> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "account");

  public sealed interface Command extends CborSerializable {}

  /// Needs a password to be hashed or compared, which takes its time elsewhere.
  sealed interface PasswordCommand extends Command
      permits SignUp, LogIn, ChangePassword, Delete, AccountPasswords.Found {}

  public record SignUp(
      Secret password,
      Optional<String> displayName,
      Optional<String> email,
      NewDevice device,
      ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  public record LogIn(Secret password, NewDevice device, ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  public record ChangePassword(
      String device, Secret current, Secret replacement, ActorRef<Answer> replyTo)
      implements PasswordCommand {}

  public record Delete(Secret password, ActorRef<Answer> replyTo) implements PasswordCommand {}

  public record Refresh(String device, long generation, ActorRef<Admission> replyTo)
      implements Command {}

  public record CheckDevice(String device, ActorRef<Answer> replyTo) implements Command {}

  public record EndDevice(String device, ActorRef<Answer> replyTo) implements Command {}

  public record EndAllDevices(ActorRef<Answer> replyTo) implements Command {}

  public record ListDevices(ActorRef<DevicesReply> replyTo) implements Command {}

  public record Read(ActorRef<ReadReply> replyTo) implements Command {}

  /// Concerns how its owner wants to be seen.
  sealed interface ProfileCommand extends Command permits ChangeProfile, ChooseStatus {}

  /// Absent means unchanged, an empty text removes.
  public record ChangeProfile(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      ActorRef<ReadReply> replyTo)
      implements ProfileCommand {}

  /// How all its devices are to be seen: `ONLINE` ends `DND` and `INVISIBLE`.
  public record ChooseStatus(Status status, ActorRef<Answer> replyTo) implements ProfileCommand {}

  public record AskCircle(ActorRef<CircleIs> replyTo) implements Command {}

  /// Concerns the sockets that are open.
  sealed interface SessionCommand extends Command permits Attach, AccountSessions.Gone {}

  /// A socket of a device opened; `session` is watched, and told when the device ends. To be said
  /// again to a new incarnation when the account that answered is gone.
  public record Attach(String device, ActorRef<AttachReply> replyTo, ActorRef<DeviceEnded> session)
      implements SessionCommand {}

  /// Concerns a room too: the account writes down what it wants, asks the room, writes down what
  /// the room said.
  sealed interface RoomCommand extends Command permits RoomRequest, AccountRooms.Heard {
    String room();
  }

  /// Waits while another question about the same room is open.
  sealed interface RoomRequest extends RoomCommand {}

  /// Makes a room with an id that nobody has, and becomes its first member.
  public record Open(String room, CreateRoom request, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Join(
      String room, Optional<String> passcode, Optional<String> invitation, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Leave(String room, ActorRef<Answer> replyTo) implements RoomRequest {}

  /// Begins a conversation, or finds the one there is; `room` follows from the two.
  public record Converse(String room, String with, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  /// This account may not be a member any more: kicked, or the room is deleted. It asks the room.
  public record RoomEnded(String room) implements RoomRequest {}

  /// Concerns a conversation that is there.
  sealed interface ConversationCommand extends Command permits Enrol, AccountConversations.Seen {}

  /// `with` has begun the conversation `room`.
  public record Enrol(String room, String with, ActorRef<Answer> replyTo)
      implements ConversationCommand {}

  /// Concerns other people, or what they get to see.
  sealed interface PeopleCommand extends Command permits Block, ChangePrivacy, ContactCommand {}

  /// Concerns a contact, or what may become one.
  sealed interface ContactCommand extends PeopleCommand
      permits Want, End, Tell, Told, AskContacts, FollowContacts, AccountContacts.TellAgain {}

  /// Asks somebody to be a contact, or accepts. A `note` is kept to oneself.
  public record Want(String user, Optional<String> note, ActorRef<Answer> replyTo)
      implements ContactCommand {}

  /// Takes back a request, declines one, or ends a contact.
  public record End(String user, ActorRef<Answer> replyTo) implements ContactCommand {}

  /// One account tells another what it wants of it. Said until it is heard.
  public record Tell(String from, ContactIntent stance) implements ContactCommand {}

  /// The answer to `Tell`: it is heard up to `version`, and this is the stance from here.
  public record Told(String by, long version, ContactIntent stance) implements ContactCommand {}

  public record AskContacts(ActorRef<ContactsReply> replyTo) implements ContactCommand {}

  /// A session wants all contacts, and each change of them.
  public record FollowContacts(ActorRef<ContactsAre> session) implements ContactCommand {}

  /// Lets nothing of somebody come through any more, or again.
  public record Block(String user, boolean blocked, ActorRef<Answer> replyTo)
      implements PeopleCommand {}

  /// Absent means unchanged.
  public record ChangePrivacy(
      Optional<ShownTo> lastSeen,
      Optional<ShownTo> receipts,
      Optional<Boolean> typing,
      ActorRef<ReadReply> replyTo)
      implements PeopleCommand {}

  /// Concerns how far its rooms were read.
  sealed interface InboxCommand extends Command
      permits AccountInbox.Follow,
          AccountInbox.Ask,
          AccountInbox.ReadUpTo,
          AccountInbox.ReadAgain,
          AccountInbox.Delivered,
          AccountInbox.MarkUnread,
          AccountInbox.Mute,
          AccountInbox.Loaded,
          AccountInbox.Counted,
          AccountInbox.Again {}

  private record Sweep() implements Command, NotInfluenceReceiveTimeout {}

  record Idle() implements Command {}

  /// Sharding's word that the account is to leave this node.
  record Stop() implements Command {}

  /// Nothing is left to be written.
  record Settled() implements Command {}

  /// A device to be, as its owner describes it.
  public record NewDevice(String name, boolean cookies) {}

  public sealed interface Admission extends CborSerializable {}

  /// The device may have tokens: its refresh token of this generation, made at `at`.
  public record Admitted(String device, boolean cookies, long generation, Instant at)
      implements Admission {}

  public sealed interface Answer extends CborSerializable {}

  public record Done() implements Answer {}

  public sealed interface ReadReply extends CborSerializable {}

  /// @param circle absent if the account's node is older than that
  public record View(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Instant created,
      List<String> rooms,
      Optional<Relations> circle)
      implements ReadReply {}

  public sealed interface ContactsReply extends CborSerializable {}

  /// All there are, or those that changed.
  public record ContactsAre(List<ContactEntry> people, boolean whole) implements ContactsReply {
    public ContactsAre {
      people = List.copyOf(people);
    }
  }

  public sealed interface DevicesReply extends CborSerializable {}

  public record DeviceList(List<DeviceView> devices) implements DevicesReply {
    public DeviceList {
      devices = List.copyOf(devices);
    }
  }

  public record DeviceView(String device, String name, Instant created, Instant lastUsed) {}

  /// No, for this reason; with `retryAfterMillis` it may be otherwise then.
  public record Refused(Code code, OptionalLong retryAfterMillis)
      implements Admission, Answer, ReadReply, ContactsReply, DevicesReply {
    public static Refused because(Code code) {
      return new Refused(code, OptionalLong.empty());
    }

    public static Refused until(Code code, Duration wait) {
      return new Refused(code, OptionalLong.of(Math.max(1, wait.toMillis())));
    }
  }

  public sealed interface AttachReply extends CborSerializable {}

  /// A message of a feature's account part to the feature's part of each session.
  public non-sealed interface PartWord extends AttachReply {}

  /// @param circle absent if the account's node is older than that
  /// @param status what all devices have chosen
  public record Attached(
      ActorRef<Command> account,
      List<String> rooms,
      Optional<Relations> circle,
      Optional<Status> status)
      implements AttachReply {
    public Attached {
      rooms = List.copyOf(rooms);
    }
  }

  /// The answer to `AskCircle`.
  public record CircleIs(Relations circle) implements CborSerializable {}

  /// Said to who has attached, whenever it changes.
  public record CircleChanged(Relations circle) implements AttachReply {}

  public record StatusChosen(Status status) implements PartWord {}

  public record AttachRefused(Code code) implements AttachReply {}

  /// What a session is told when its device ends.
  public record DeviceEnded(Code code, String message) implements CborSerializable {}

  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  static final Refused NO_DEVICE = Refused.because(Code.DEVICE_ENDED);

  private final String user;
  private final BiConsumer<String, PresencePrivacy> discretion;
  private final ActorContext<Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final NodeSettings.Accounts settings;
  private final Clock clock;
  private final AccountPasswords passwords;
  private final AccountRooms rooms;
  private final AccountInbox inbox;
  private final AccountConversations conversations;
  private final AccountPeople people;
  private final AccountContacts contacts;
  private final AccountSessions sessions;
  private final AccountProfile profile;
  private boolean isUsed;

  /// What all accounts of a node share.
  ///
  /// @param others tells another account something, wherever it lives
  record Surroundings(
      NodeSettings.Accounts settings,
      Passwords passwords,
      Memberships memberships,
      Positions positions,
      RoomSummaries headlines,
      BiConsumer<String, PresencePrivacy> discretion,
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
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.user = user;
    this.discretion = surroundings.discretion();
    this.context = context;
    this.shard = shard;
    this.settings = surroundings.settings();
    this.clock = surroundings.clock();
    this.passwords = new AccountPasswords(user, this, context, surroundings);
    this.rooms = new AccountRooms(user, this, context, timers, surroundings);
    this.inbox = new AccountInbox(user, this, context, timers, surroundings);
    this.conversations = new AccountConversations(user, this, context, inbox, surroundings);
    this.contacts = new AccountContacts(user, this, timers, surroundings);
    this.people = new AccountPeople(this, contacts);
    this.sessions = new AccountSessions(this, context, inbox, contacts);
    this.profile = new AccountProfile(this, sessions);
    timers.startTimerWithFixedDelay(new Idle(), IDLE);
    timers.startTimerWithFixedDelay(new Sweep(), SWEEP);
  }

  @Override
  public CommandHandlerWithReply<Command, AccountEvent, AccountState> commandHandler() {
    return (account, command) -> {
      isUsed |= !(command instanceof Idle);
      return switch (command) {
        case PasswordCommand asked -> passwords.on(account, asked);
        case RoomCommand asked -> rooms.on(account, asked);
        case InboxCommand asked -> inbox.on(account, asked);
        case ConversationCommand asked -> conversations.on(account, asked);
        case PeopleCommand asked -> people.on(account, asked);
        case Refresh(var device, var generation, var replyTo) ->
            carryOut(account.devices().decideRefresh(device, generation, settings, now()), replyTo);
        case CheckDevice(var device, var replyTo) ->
            Effect().reply(replyTo, isAlive(account, device) ? new Done() : NO_DEVICE);
        case EndDevice(var device, var replyTo) ->
            carryOut(account.devices().decideEnd(device, settings, now()), replyTo);
        case EndAllDevices(var replyTo) -> carryOut(account.devices().decideEndAll(), replyTo);
        case ListDevices(var replyTo) -> Effect().reply(replyTo, devices(account));
        case Read(var replyTo) -> Effect().reply(replyTo, account.view());
        case ProfileCommand asked -> profile.on(account, asked);
        case AskCircle(var replyTo) ->
            Effect().reply(replyTo, new CircleIs(account.people().circle()));
        case SessionCommand asked -> sessions.on(account, asked);
        case Sweep() -> onSweep(account);
        case Idle() -> onIdle();
        case Stop() -> {
          inbox.end();
          yield Effect().noReply();
        }
        case Settled() -> Effect().stop().thenNoReply();
      };
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onSweep(AccountState account) {
    var expired = account.devices().expired(settings, now());
    if (expired.isEmpty()) return Effect().noReply();
    return Effect()
        .persist(new AccountEvent.DevicesEnded(expired))
        .thenRun(this::afterwards)
        .thenNoReply();
  }

  /// A timer that runs all the time asks whether there was anything since it asked before. A
  /// receive timeout would be set again with each message.
  private ReplyEffect<AccountEvent, AccountState> onIdle() {
    var wasUsed = isUsed;
    isUsed = false;
    if (!wasUsed && sessions.isEmpty() && !rooms.isBusy() && !contacts.isBusy() && !inbox.isBusy())
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  /// Writes down what was decided, tells the sessions whose device is no more, and answers.
  <R> ReplyEffect<AccountEvent, AccountState> carryOut(
      Decision<R> decision, ActorRef<? super R> replyTo) {
    return Effect()
        .persist(decision.events())
        .thenRun(this::afterwards)
        .thenReply(replyTo, _ -> decision.reply());
  }

  private void afterwards(AccountState account) {
    sessions.keep(account.devices().byId().keySet());
    if (account.isActive()) return;
    rooms.settleOpen(account);
    contacts.tell(account);
  }

  /// A room has said whether this account is its member.
  void settled(AccountState state, String room, boolean member) {
    var conversation = state.people().conversation(room);
    if (!member) inbox.left(room);
    else if (conversation.isPresent()) inbox.began(conversation.get());
    else inbox.joined(state, room);
  }

  ReplyEffect<AccountEvent, AccountState> showConversation(AccountState state, Converse asked) {
    return conversations.show(state, asked);
  }

  ReplyEffect<AccountEvent, AccountState> leaveConversation(AccountState state, Leave leave) {
    return conversations.leave(state, leave);
  }

  void circleIs(Relations now) {
    sessions.tell(new CircleChanged(now));
    discretion.accept(user, PresencePrivacy.of(now));
  }

  /// Is this path the one of a session that is here?
  boolean isAttached(ActorPath session) {
    return sessions.has(session);
  }

  boolean isAlive(AccountState account, String device) {
    return account.devices().isAlive(device, settings, now());
  }

  private DevicesReply devices(AccountState account) {
    return new DeviceList(account.devices().list(sessions.devices(), settings, now()));
  }

  /// Times are kept and shown: more than milliseconds is noise.
  Instant now() {
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
    rooms.recovered(account);
    contacts.tell(account);
    // what others are to know is kept elsewhere, and may have been lost on the way there
    var now = PresencePrivacy.of(account.people().circle());
    if (!now.equals(PresencePrivacy.NONE)) discretion.accept(user, now);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(100, 2);
  }
}
