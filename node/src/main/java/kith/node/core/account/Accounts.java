package kith.node.core.account;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.auth.Tokens;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.DevicesReply;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.ReadReply;
import kith.node.core.account.Account.Refused;
import kith.node.platform.cluster.Departures;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ServerRole;
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

/// The accounts of the cluster, for callers outside of actors. If an account does not answer in
/// time, the answer is `unavailable`. User names are canonical.
public final class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private static final int TRIES = (int) Intervals.ACCOUNT_ANSWER.dividedBy(Intervals.ACCOUNT_TRY);

  private final ClusterSharding sharding;
  private final RepeatedQuestion.Later later;

  private Accounts(ClusterSharding sharding, ActorSystem<?> system) {
    this.sharding = sharding;
    this.later =
        (delay, what) ->
            system.scheduler().scheduleOnce(delay, what, system.executionContext())::cancel;
  }

  /// Starts this node's share of the accounts.
  ///
  /// @param parts the account parts of all features, the same on every node
  public static Accounts start(
      ActorSystem<?> system,
      AccountSettings settings,
      Passwords passwords,
      Memberships memberships,
      List<AccountPart.Factory<?>> parts,
      AccountErasure erasure,
      Clock clock) {
    var sharding = ClusterSharding.get(system);
    var surroundings =
        new Account.Surroundings(
            settings,
            passwords,
            memberships,
            AccountParts.checked(parts),
            erasure::erase,
            (user, command) -> sharding.entityRefFor(Account.KEY, user).tell(command),
            clock);
    sharding.init(
        Entity.of(
                Account.KEY,
                entity -> Account.create(entity.getEntityId(), entity.getShard(), surroundings))
            .withAllocationStrategy(Departures.of(system).shardMoves())
            .withStopMessage(new Account.Stop()));
    return new Accounts(sharding, system);
  }

  /// The account itself, for callers that are actors.
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
        Refused.UNAVAILABLE);
  }

  public CompletionStage<Admission> logIn(
      UserName user, Secret password, NewDevice device, Client from) {
    return ask(
        user.text(),
        replyTo -> new Account.LogIn(password, device, Optional.of(from), replyTo),
        Refused.UNAVAILABLE);
  }

  /// For `REFRESH_REPEATABLE`, a repeated refresh gets the same answer.
  public CompletionStage<Admission> refresh(Tokens.Renewal renewal) {
    return this.<Admission>askAgain(
        renewal.user(),
        replyTo -> new Account.Refresh(renewal.device(), renewal.generation(), replyTo),
        Refused.UNAVAILABLE);
  }

  public CompletionStage<Account.DeviceAnswer> checkDevice(Tokens.Access token) {
    // a bot's token can contain any text as its name
    if (!UserName.isCanonical(token.user()))
      return CompletableFuture.completedFuture(Refused.because(Code.DEVICE_ENDED));
    return this.<Account.DeviceAnswer>askAgain(
        token.user(),
        replyTo ->
            new Account.CheckDevice(token.device(), Optional.of(token.generation()), replyTo),
        Refused.UNAVAILABLE);
  }

  /// The owner of a bot acts on it. Repeating an act changes nothing more.
  public CompletionStage<Account.BotAnswer> ofBot(String bot, String owner, BotAct act) {
    return this.<Account.BotAnswer>askAgain(
        bot, replyTo -> new Account.OfBot(owner, act, replyTo), Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> endDevice(String user, String device) {
    return ask(user, replyTo -> new Account.EndDevice(device, replyTo), Refused.UNAVAILABLE);
  }

  /// @param why the reason for the device
  public CompletionStage<Answer> endDevice(String user, String device, Code why) {
    return ask(
        user,
        replyTo -> new Account.EndDevice(device, Optional.of(why), replyTo),
        Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> endAllDevices(String user) {
    return ask(user, Account.EndAllDevices::new, Refused.UNAVAILABLE);
  }

  public CompletionStage<DevicesReply> devices(String user) {
    return this.<DevicesReply>askAgain(user, Account.ListDevices::new, Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> changePassword(
      String user, String device, Secret current, Secret replacement) {
    return ask(
        user,
        replyTo -> new Account.ChangePassword(device, current, replacement, replyTo),
        Refused.UNAVAILABLE);
  }

  public CompletionStage<ReadReply> read(String user) {
    return askAgain(user, Account.Read::new, Refused.UNAVAILABLE);
  }

  public CompletionStage<ReadReply> changeProfile(String user, ChangeProfile change) {
    return ask(
        user,
        replyTo ->
            new Account.ChangeProfile(
                change.displayName(), change.picture(), change.email(), replyTo),
        Refused.UNAVAILABLE);
  }

  /// Fails if the account does not answer, so that hidden information stays hidden.
  public CompletionStage<Relations> relations(String user) {
    return account(user)
        .<Account.RelationsAnswer>ask(Account.AskRelations::new, Intervals.ACCOUNT_ANSWER)
        .thenApply(Account.RelationsAnswer::relations);
  }

  /// Sets a new password with the code of an administrator.
  public CompletionStage<Admission> resetPassword(
      UserName user, Secret code, Secret replacement, NewDevice device, Client from) {
    return ask(
        user.text(),
        replyTo -> new Account.ResetPassword(code, replacement, device, from, replyTo),
        Refused.UNAVAILABLE);
  }

  /// An administrator acts on an account. Repeating an act changes nothing more.
  ///
  /// @param by the server role of the administrator
  public CompletionStage<Answer> administer(String user, ServerRole by, AccountAct act) {
    return askAgain(user, replyTo -> new Account.Administer(by, act, replyTo), Refused.UNAVAILABLE);
  }

  /// Empty if the account does not answer in time.
  public CompletionStage<Optional<Account.ServerRoleAnswer>> serverRole(String user) {
    return askAgain(user, Account.AskServerRole::new);
  }

  public CompletionStage<Answer> delete(String user, Secret password, Optional<Boolean> messages) {
    return ask(
        user, replyTo -> new Account.Delete(password, messages, replyTo), Refused.UNAVAILABLE);
  }

  /// Creates a room with an unused id; the account asks `Memberships.create`.
  public CompletionStage<Answer> openRoom(String user, String room, CreateRoom request) {
    return ask(user, replyTo -> new Account.Open(room, request, replyTo), Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> block(String user, String whom, boolean blocked) {
    return askAgain(
        user, replyTo -> new Account.Block(whom, blocked, replyTo), Refused.UNAVAILABLE);
  }

  public CompletionStage<ReadReply> changePrivacy(String user, Privacy change) {
    return ask(
        user,
        replyTo ->
            new Account.ChangePrivacy(
                change.lastSeen(),
                change.receipts(),
                change.typing(),
                change.conversations(),
                replyTo),
        Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> join(
      String user, String room, Optional<String> passcode, Optional<String> invitation) {
    return ask(
        user,
        replyTo -> new Account.Join(room, passcode, invitation, replyTo),
        Refused.UNAVAILABLE);
  }

  public CompletionStage<Answer> leave(String user, String room) {
    return ask(user, replyTo -> new Account.Leave(room, replyTo), Refused.UNAVAILABLE);
  }

  /// Notifies the account that it may not be a member of the room any more.
  public void roomEnded(String user, String room) {
    account(user).tell(new Account.RoomEnded(room));
  }

  /// Sends a command; the answer is `unavailable` if the account does not reply in time.
  public <R> CompletionStage<R> ask(
      String user, Function<ActorRef<R>, Command> command, R unavailable) {
    return account(user)
        .<R>ask(command::apply, Intervals.ACCOUNT_ANSWER)
        .exceptionally(fault -> {
          LOG.warn("The account of {} did not answer: {}", user, fault.toString());
          return unavailable;
        });
  }

  /// Sends a command again if the account does not reply, because messages to a node that dies are
  /// lost. The command may arrive twice.
  public <R> CompletionStage<R> askAgain(
      String user, Function<ActorRef<R>, Command> command, R unavailable) {
    return askAgain(user, command)
        .thenApply(reply -> {
          if (reply.isEmpty()) LOG.warn("The account of {} did not answer.", user);
          return reply.orElse(unavailable);
        });
  }

  /// The same, empty if the account does not reply in time.
  public <R> CompletionStage<Optional<R>> askAgain(
      String user, Function<ActorRef<R>, Command> command) {
    return RepeatedQuestion.ask(
        time -> account(user).ask(command::apply, time), Intervals.ACCOUNT_TRY, TRIES, later);
  }
}
