package kith.node.core.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.ContactsReply;
import kith.node.core.account.Account.DevicesReply;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.Account.Refused;
import kith.node.feature.inbox.Positions;
import kith.node.feature.inbox.RoomSummaries;
import kith.node.platform.config.NodeSettings;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.rest.Accounts.ChangeProfile;
import kith.protocol.rest.Accounts.Privacy;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts of the cluster, to ask from outside of actors. Whoever does not answer in time is
/// `unavailable`. Users are named canonically.
public final class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  // longer than an account waits for a room, and than a full queue of passwords takes
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration A_WHILE = Duration.ofSeconds(3);
  private static final int OFTEN = 5;

  private final ClusterSharding sharding;

  private Accounts(ClusterSharding sharding) {
    this.sharding = sharding;
  }

  /// Lets this node have its share of the accounts.
  public static Accounts start(
      ActorSystem<?> system,
      NodeSettings.Accounts settings,
      Passwords passwords,
      Memberships memberships,
      Positions positions,
      RoomSummaries headlines,
      BiConsumer<String, PrivacyPolicy> discretion,
      Clock clock) {
    var surroundings =
        new Account.Surroundings(
            settings,
            passwords,
            memberships,
            positions,
            headlines,
            discretion,
            others(system),
            clock);
    var sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
                Account.KEY,
                entity -> Account.create(entity.getEntityId(), entity.getShard(), surroundings))
            .withStopMessage(new Account.Stop()));
    return new Accounts(sharding);
  }

  private static BiConsumer<String, Command> others(ActorSystem<?> system) {
    var sharding = ClusterSharding.get(system);
    return (user, word) -> sharding.entityRefFor(Account.KEY, user).tell(word);
  }

  /// The account itself, for those who talk as actors.
  public EntityRef<Command> account(String user) {
    return sharding.entityRefFor(Account.KEY, user);
  }

  public CompletionStage<Admission> signUp(
      UserName user,
      Secret password,
      Optional<String> displayName,
      Optional<String> email,
      NewDevice device) {
    return this.<Admission>ask(
        user.text(),
        replyTo -> new Account.SignUp(password, displayName, email, device, replyTo),
        UNAVAILABLE);
  }

  public CompletionStage<Admission> logIn(UserName user, Secret password, NewDevice device) {
    return ask(user.text(), replyTo -> new Account.LogIn(password, device, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Admission> refresh(Tokens.Renewal renewal) {
    return ask(
        renewal.user(),
        replyTo -> new Account.Refresh(renewal.device(), renewal.generation(), replyTo),
        UNAVAILABLE);
  }

  public CompletionStage<Answer> checkDevice(String user, String device) {
    return ask(user, replyTo -> new Account.CheckDevice(device, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> endDevice(String user, String device) {
    return ask(user, replyTo -> new Account.EndDevice(device, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> endAllDevices(String user) {
    return ask(user, Account.EndAllDevices::new, UNAVAILABLE);
  }

  public CompletionStage<DevicesReply> devices(String user) {
    return ask(user, Account.ListDevices::new, UNAVAILABLE);
  }

  public CompletionStage<Answer> changePassword(
      String user, String device, Secret current, Secret replacement) {
    return ask(
        user,
        replyTo -> new Account.ChangePassword(device, current, replacement, replyTo),
        UNAVAILABLE);
  }

  public CompletionStage<ReadReply> read(String user) {
    return askAgain(user, Account.Read::new, UNAVAILABLE, OFTEN);
  }

  public CompletionStage<ReadReply> changeProfile(String user, ChangeProfile change) {
    return ask(
        user,
        replyTo ->
            new Account.ChangeProfile(
                change.displayName(), change.picture(), change.email(), replyTo),
        UNAVAILABLE);
  }

  /// Fails if the account does not answer: what it hides must stay hidden.
  public CompletionStage<Relations> circle(String user) {
    return account(user)
        .<Account.CircleIs>ask(Account.AskCircle::new, PATIENCE)
        .thenApply(Account.CircleIs::circle);
  }

  public CompletionStage<Answer> chooseStatus(String user, Status status) {
    return ask(user, replyTo -> new Account.ChooseStatus(status, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> delete(String user, Secret password) {
    return ask(user, replyTo -> new Account.Delete(password, replyTo), UNAVAILABLE);
  }

  /// Makes a room with an id that nobody has; the account asks `Memberships.create`.
  public CompletionStage<Answer> openRoom(String user, String room, CreateRoom request) {
    return ask(user, replyTo -> new Account.Open(room, request, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> block(String user, String whom, boolean blocked) {
    return ask(user, replyTo -> new Account.Block(whom, blocked, replyTo), UNAVAILABLE);
  }

  public CompletionStage<ReadReply> changePrivacy(String user, Privacy change) {
    return ask(
        user,
        replyTo ->
            new Account.ChangePrivacy(
                change.lastSeen(), change.receipts(), change.typing(), replyTo),
        UNAVAILABLE);
  }

  /// Asks somebody to be a contact, or accepts.
  public CompletionStage<Answer> want(String user, String whom, Optional<String> note) {
    return ask(user, replyTo -> new Account.Want(whom, note, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> end(String user, String whom) {
    return ask(user, replyTo -> new Account.End(whom, replyTo), UNAVAILABLE);
  }

  public CompletionStage<ContactsReply> contacts(String user) {
    return askAgain(user, Account.AskContacts::new, UNAVAILABLE, OFTEN);
  }

  /// Begins the conversation of the two, or finds it.
  public CompletionStage<Answer> converse(String user, String room, String with) {
    return askAgain(user, replyTo -> new Account.Converse(room, with, replyTo), UNAVAILABLE, OFTEN);
  }

  public CompletionStage<Answer> join(
      String user, String room, Optional<String> passcode, Optional<String> invitation) {
    return ask(user, replyTo -> new Account.Join(room, passcode, invitation, replyTo), UNAVAILABLE);
  }

  public CompletionStage<Answer> leave(String user, String room) {
    return ask(user, replyTo -> new Account.Leave(room, replyTo), UNAVAILABLE);
  }

  public CompletionStage<AccountInbox.Asked> inbox(String user) {
    return inbox(user, Optional.empty());
  }

  private CompletionStage<AccountInbox.Asked> inbox(String user, Optional<String> after) {
    return this.<AccountInbox.Asked>ask(
            user, replyTo -> new AccountInbox.Ask(replyTo, after), new AccountInbox.NotNow())
        .thenCompose(answer ->
            answer instanceof AccountInbox.State some && some.next().isPresent()
                ? inbox(user, some.next()).thenApply(rest -> both(some, rest))
                : CompletableFuture.completedFuture(answer));
  }

  private static AccountInbox.Asked both(AccountInbox.State some, AccountInbox.Asked rest) {
    return switch (rest) {
      case AccountInbox.State following -> some.and(following);
      case AccountInbox.NotNow none -> none;
    };
  }

  public CompletionStage<Answer> mute(String user, String room, boolean muted) {
    return ask(user, replyTo -> new AccountInbox.Mute(room, muted, replyTo), UNAVAILABLE);
  }

  /// Tells the account that it may not be a member of the room any more.
  public void roomEnded(String user, String room) {
    account(user).tell(new Account.RoomEnded(room));
  }

  private static final Refused UNAVAILABLE = Refused.because(Code.UNAVAILABLE);

  /// Asks what may be asked twice: a node that dies takes with it what was on its way there.
  private <R> CompletionStage<R> askAgain(
      String user, Function<ActorRef<R>, Command> command, R unavailable, int times) {
    return account(user)
        .<R>ask(command::apply, A_WHILE)
        .exceptionallyCompose(_ ->
            times > 1
                ? askAgain(user, command, unavailable, times - 1)
                : CompletableFuture.completedFuture(unavailable));
  }

  private <R> CompletionStage<R> ask(
      String user, Function<ActorRef<R>, Command> command, R unavailable) {
    return account(user)
        .<R>ask(command::apply, PATIENCE)
        .exceptionally(fault -> {
          LOG.warn("The account of {} did not answer: {}", user, fault.toString());
          return unavailable;
        });
  }
}
