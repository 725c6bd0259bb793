package kith.node.feature.lobby;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Memberships;
import kith.node.core.account.Memberships.Outcome;
import kith.node.feature.lobby.LobbyMembership.LobbyChanged;
import kith.node.feature.lobby.LobbyMembership.Standing;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins the lobby after a sign-up. The sign-up stores the intent, so an account that stops before
/// it has joined continues when it recovers.
public final class AccountLobby implements AccountPart<AccountLobby.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(AccountLobby.class);

  /// The id of the lobby on every server. All accounts ask the same room, so there is only one, in
  /// any order of requests. Other rooms have longer ids.
  static final String ROOM = "lobby";

  public sealed interface Command extends Account.PartCommand {}

  record Follow() implements Command {}

  record Enter(String room, ActorRef<Answer> replyTo) implements Command, Account.PartRoomRequest {}

  /// The room has answered, or not in time.
  record Answered(Answer answer) implements Command {}

  private final AccountHost account;
  private final Memberships memberships;
  private final Optional<String> name;

  private AccountLobby(AccountHost account, Memberships memberships, Optional<String> name) {
    this.account = account;
    this.memberships = memberships;
    this.name = name;
  }

  static AccountPart.Factory<Command> part(Memberships memberships, LobbySettings settings) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountLobby(account, memberships, settings.name()));
  }

  @Override
  public List<? extends AccountEvent> signedUp() {
    return name.isPresent() ? List.of(new LobbyChanged(Standing.WANTED)) : List.of();
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Follow() -> {
        if (isWanted(state)) follow();
        yield account.noReply();
      }
      case Enter(var room, var replyTo) -> onEnter(state, room, replyTo);
      case Answered(var answer) -> onAnswered(state, answer);
    };
  }

  /// A guest joins no room without an invitation; the account joins if it gets another role.
  private boolean isWanted(AccountState state) {
    return name.isPresent()
        && state.isActive()
        && state.mayDo(ServerAct.FIND_ROOMS)
        && LobbyMembership.of(state).standing() == Standing.WANTED;
  }

  private void follow() {
    account
        .actor()
        .ask(
            Answer.class,
            account.actor().getSelf(),
            Intervals.ACCOUNT_ANSWER,
            replyTo -> new Enter(ROOM, replyTo),
            (answer, fault) -> new Answered(fault == null ? answer : Refused.UNAVAILABLE));
  }

  private ReplyEffect<AccountEvent, AccountState> onEnter(
      AccountState state, String room, ActorRef<Answer> replyTo) {
    return isWanted(state) && !state.isMember(room)
        ? account.enter(state, List.of(), room, replyTo, this::joinOrMake)
        : account.<Answer>reply(replyTo, new Done());
  }

  /// Another account may make the lobby between the two requests.
  private CompletionStage<Outcome> joinOrMake() {
    return join()
        .thenCompose(joined -> isAbsent(joined) ? make() : now(joined))
        .thenCompose(made -> isAbsent(made) ? join() : now(made));
  }

  private static CompletionStage<Outcome> now(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private static boolean isAbsent(Outcome outcome) {
    return outcome instanceof Outcome.Refused(var code) && code == Code.UNKNOWN_ROOM;
  }

  private CompletionStage<Outcome> join() {
    var who = new Memberships.Joining(account.user(), Optional.empty());
    return memberships.join(ROOM, who, Optional.empty(), Optional.empty());
  }

  private CompletionStage<Outcome> make() {
    return memberships.create(
        ROOM,
        account.user(),
        new CreateRoom(
            name.orElseThrow(),
            Optional.empty(),
            Optional.of(Visibility.PUBLIC),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private ReplyEffect<AccountEvent, AccountState> onAnswered(AccountState state, Answer answer) {
    if (!isWanted(state)) return account.noReply();
    if (answer instanceof Refused(var code, var _)) {
      if (code == Code.UNAVAILABLE) {
        account.timers().startSingleTimer(new Follow(), new Follow(), Intervals.ROOM_RETRY);
        return account.noReply();
      }
      LOG.info("lobby=refused account={} code={}", account.user(), code.wire());
    }
    return account.persist(state, List.of(new LobbyChanged(Standing.SETTLED))).thenNoReply();
  }

  /// The account may have joined before it stored that.
  @Override
  public void recovered(AccountState state) {
    if (isWanted(state)) account.actor().getSelf().tell(new Follow());
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (isWanted(after) && !isWanted(before)) account.actor().getSelf().tell(new Follow());
  }

  @Override
  public boolean isBusy() {
    return account.timers().isTimerActive(new Follow());
  }
}
