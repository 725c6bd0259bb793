package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Admitted;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.View;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/// One account with everything around it, and the words in which its stories are told. Commands,
/// replies, events and states go through their serializer and have to come back equal.
final class AccountFixture {

  static final String PASSWORD = "correct horse";
  static final NewDevice PHONE = new NewDevice("phone", false);

  static ActorTestKit kit() {
    return ActorTestKit.create(
        ConfigFactory.parseString(
                """
                pekko.actor.provider = local
                pekko.persistence.journal.auto-start-journals = []
                pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
                """)
            .withFallback(EventSourcedBehaviorTestKit.config())
            .withFallback(ConfigFactory.load()));
  }

  final String user = "ann-" + UUID.randomUUID().toString().substring(0, 8);
  final TestClock clock = new TestClock();
  final TestRooms rooms = new TestRooms();
  final TestPositions positions = new TestPositions();

  /// What other accounts were told last, by user.
  final Map<String, Command> told = new ConcurrentHashMap<>();

  final TestRoomSummaries headlines = new TestRoomSummaries();
  final Map<String, PrivacyPolicy> discretions = new ConcurrentHashMap<>();
  final TestProbe<ShardCommand> shard;
  final EventSourcedBehaviorTestKit<Command, AccountEvent, AccountState> account;
  private final ActorTestKit kit;

  AccountFixture(ActorTestKit kit) {
    this(kit, TestSettings.ACCOUNTS, Runnable::run);
  }

  AccountFixture(ActorTestKit kit, NodeSettings.Accounts settings, Executor executor) {
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
                    positions,
                    headlines,
                    discretions::put,
                    told::put,
                    clock)),
            // commands that travel are covered by ClusterBytesTest; the others are never serialized
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyCommands(false)
                .withVerifyEquality(true));
  }

  Admitted signsUp() {
    return (Admitted) asks(this::signUp);
  }

  Admitted logsIn() {
    return (Admitted) logsIn(PASSWORD);
  }

  Admission logsIn(String password) {
    return asks(replyTo -> logIn(password, replyTo));
  }

  Command signUp(ActorRef<Admission> replyTo) {
    return new Account.SignUp(
        new Secret(PASSWORD), Optional.empty(), Optional.empty(), PHONE, replyTo);
  }

  static Command logIn(String password, ActorRef<Admission> replyTo) {
    return new Account.LogIn(new Secret(password), PHONE, replyTo);
  }

  Answer joins(String room) {
    return joins(room, Optional.empty());
  }

  Answer joins(String room, Optional<String> passcode) {
    return asks(replyTo -> new Account.Join(room, passcode, Optional.empty(), replyTo));
  }

  Answer leaves(String room) {
    return asks(replyTo -> new Account.Leave(room, replyTo));
  }

  View reads() {
    return (View) asks(Account.Read::new);
  }

  /// Sends, and waits for the answer, which may come a while after the command was handled.
  <R> R asks(Function<ActorRef<R>, Command> command) {
    TestProbe<R> probe = kit.createTestProbe();
    tells(command.apply(probe.getRef()));
    var reply = probe.receiveMessage();
    kit.serializationTestKit().verifySerialization(reply, true);
    return reply;
  }

  /// Sends, and leaves the answer to be waited for.
  <R> TestProbe<R> begins(Function<ActorRef<R>, Command> command) {
    TestProbe<R> probe = kit.createTestProbe();
    tells(command.apply(probe.getRef()));
    return probe;
  }

  void tells(Command command) {
    account.runCommand(command);
  }

  /// For what happens a while after the command was handled.
  void eventually(Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(() -> {
          assertion.run();
          return true;
        });
  }

  static void assertDone(Object answer) {
    assertThat(answer).isEqualTo(new Done());
  }

  static void assertRefused(Code code, Object answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }
}
