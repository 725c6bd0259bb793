package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.AttachReply;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.View;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/// One account with test doubles around it, and the verbs of its tests. Replies, events and states
/// are serialized and read back, and must be equal.
public final class AccountFixture {

  public static final String PASSWORD = "correct horse";
  public static final NewDevice PHONE = new NewDevice("phone", false);

  public static ActorTestKit kit() {
    return kit(ConfigFactory.empty());
  }

  /// @param more configuration, such as that of `ManualTime`
  public static ActorTestKit kit(Config more) {
    return ActorTestKit.create(
        more.withFallback(
                ConfigFactory.parseString(
                    """
                    pekko.actor.provider = local
                    pekko.persistence.journal.auto-start-journals = []
                    pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
                    """))
            .withFallback(EventSourcedBehaviorTestKit.config())
            .withFallback(ConfigFactory.load()));
  }

  public final String user = "ann-" + UUID.randomUUID().toString().substring(0, 8);
  public final TestClock clock = new TestClock();
  public final TestRooms rooms;

  /// The last command to each other account, by user.
  public final Map<String, Command> told = new ConcurrentHashMap<>();

  /// Accounts whose stored data was to be erased.
  final List<String> erased = new CopyOnWriteArrayList<>();

  final TestProbe<ShardCommand> shard;
  public final EventSourcedBehaviorTestKit<Command, AccountEvent, AccountState> account;
  private final ActorTestKit kit;

  /// An account with these features.
  public AccountFixture(ActorTestKit kit, AccountPart.Factory<?>... parts) {
    this(kit, new TestRooms(), parts);
  }

  public AccountFixture(ActorTestKit kit, TestRooms rooms, AccountPart.Factory<?>... parts) {
    this(kit, rooms, TestSettings.ACCOUNTS, Runnable::run, List.of(parts));
  }

  public AccountFixture(
      ActorTestKit kit, AccountSettings settings, AccountPart.Factory<?>... parts) {
    this(kit, new TestRooms(), settings, Runnable::run, List.of(parts));
  }

  AccountFixture(ActorTestKit kit, AccountSettings settings, Executor executor) {
    this(kit, new TestRooms(), settings, executor, List.of());
  }

  private AccountFixture(
      ActorTestKit kit,
      TestRooms rooms,
      AccountSettings settings,
      Executor executor,
      List<AccountPart.Factory<?>> parts) {
    this.rooms = rooms;
    this.kit = kit;
    this.shard = kit.createTestProbe(ShardCommand.class);
    var passwords = new Passwords(settings.bcryptCost(), executor, new Metrics().passwords());
    this.account =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            Account.create(
                user,
                shard.getRef(),
                new Account.Surroundings(
                    settings,
                    passwords,
                    rooms,
                    AccountParts.checked(parts),
                    erased::add,
                    told::put,
                    clock)),
            // commands that travel are covered by ClusterBytesTest; the others are never serialized
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyCommands(false)
                .withVerifyEquality(true));
  }

  public Admitted signsUp() {
    return (Admitted) asks(this::signUp);
  }

  public Admitted logsIn() {
    return (Admitted) logsIn(PASSWORD);
  }

  public Admission logsIn(String password) {
    return asks(replyTo -> logIn(password, replyTo));
  }

  Admission logsIn(String password, Client from) {
    return asks(
        replyTo -> new Account.LogIn(new Secret(password), PHONE, Optional.of(from), replyTo));
  }

  Command signUp(ActorRef<Admission> replyTo) {
    return new Account.SignUp(
        new Secret(PASSWORD), Optional.empty(), Optional.empty(), PHONE, replyTo);
  }

  static Command logIn(String password, ActorRef<Admission> replyTo) {
    return new Account.LogIn(new Secret(password), PHONE, Optional.empty(), replyTo);
  }

  public Answer joins(String room) {
    return joins(room, Optional.empty());
  }

  public Answer joins(String room, Optional<String> passcode) {
    return asks(replyTo -> new Account.Join(room, passcode, Optional.empty(), replyTo));
  }

  public Answer leaves(String room) {
    return asks(replyTo -> new Account.Leave(room, replyTo));
  }

  public View reads() {
    return (View) asks(Account.Read::new);
  }

  /// Attaches a session of this device.
  public AttachReply attaches(String device, TestProbe<?> session) {
    return asks(replyTo ->
        new Account.Attach(device, Optional.empty(), false, replyTo, session.ref().unsafeUpcast()));
  }

  /// Attaches a live session of this device, which receives all words in one probe.
  public void attachesLive(String device, TestProbe<Object> session) {
    tells(
        new Account.Attach(
            device,
            Optional.empty(),
            true,
            session.ref().narrow(),
            session.ref().<Account.DeviceEnded>narrow()));
  }

  public Answer deletesItself() {
    return asks(replyTo -> new Account.Delete(new Secret(PASSWORD), Optional.empty(), replyTo));
  }

  /// Blocks or unblocks a user.
  public Answer blocks(String whom, boolean blocked) {
    return asks(replyTo -> new Account.Block(whom, blocked, replyTo));
  }

  public AccountState state() {
    return account.getState();
  }

  public void restarts() {
    account.restart();
  }

  /// Stops the account as before a move to another node.
  public static void stop(ActorRef<Command> account) {
    account.tell(new Account.Stop());
  }

  /// Sends a command and waits for the answer, which may arrive after the command was handled.
  public <R> R asks(Function<ActorRef<R>, Command> command) {
    TestProbe<R> probe = kit.createTestProbe();
    tells(command.apply(probe.getRef()));
    var reply = probe.receiveMessage();
    kit.serializationTestKit().verifySerialization(reply, true);
    return reply;
  }

  /// Sends a command and does not wait for the answer.
  public <R> TestProbe<R> begins(Function<ActorRef<R>, Command> command) {
    TestProbe<R> probe = kit.createTestProbe();
    tells(command.apply(probe.getRef()));
    return probe;
  }

  public void tells(Command command) {
    account.runCommand(command);
  }

  /// For effects that follow some time after the command was handled.
  public void eventually(Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(() -> {
          assertion.run();
          return true;
        });
  }

  public static void assertDone(Object answer) {
    assertThat(answer).isEqualTo(new Done());
  }

  public static void assertRefused(Code code, Object answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }
}
